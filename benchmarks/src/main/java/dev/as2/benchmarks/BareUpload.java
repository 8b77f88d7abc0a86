package dev.as2.benchmarks;

import dev.as2.benchmarks.contender.Contender;
import dev.as2.benchmarks.contender.Setup;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The network's limit: a contender that posts the file as it is, through direct buffers of a bare
 * Netty client, a connection for each.
 */
final class BareUpload {
  private static final int BLOCK_BYTES = 256 << 10;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final URI url;

  private BareUpload(Setup setup) {
    url = setup.url();
  }

  /** Arguments: a contender's; only the URL counts. */
  public static void main(String[] arguments) throws IOException {
    Contender.asynchronous(
        arguments,
        setup -> {
          BareUpload upload = new BareUpload(setup);
          return upload::send;
        });
  }

  private CompletableFuture<?> send(Path file) throws IOException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Upload upload = new Upload(FileChannel.open(file), done);
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(upload);
              }
            })
        .connect(url.getHost(), url.getPort());
    return done;
  }

  /** Writes while the socket takes it, and closes at the first octet of an answer. */
  private static final class Upload extends ChannelInboundHandlerAdapter {
    private final FileChannel file;
    private final CompletableFuture<Void> done;
    private long left;

    Upload(FileChannel file, CompletableFuture<Void> done) throws IOException {
      this.file = file;
      this.done = done;
      this.left = file.size();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws IOException {
      context
          .channel()
          .config()
          .setWriteBufferWaterMark(
              new io.netty.channel.WriteBufferWaterMark(BLOCK_BYTES, 3 * BLOCK_BYTES));
      String head = "POST / HTTP/1.1\r\nHost: sink\r\nContent-Length: " + left + "\r\n\r\n";
      context.write(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII));
      pump(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws IOException {
      pump(context);
    }

    private void pump(ChannelHandlerContext context) throws IOException {
      while (left > 0 && context.channel().isWritable()) {
        int length = (int) Math.min(left, BLOCK_BYTES);
        ByteBuf block = context.alloc().directBuffer(BLOCK_BYTES);
        while (block.readableBytes() < length) {
          if (block.writeBytes(file, length - block.readableBytes()) < 0) {
            throw new IOException("the file became shorter");
          }
        }
        left -= length;
        context.writeAndFlush(block);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      done.complete(null);
      context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws IOException {
      file.close();
      done.completeExceptionally(new IOException("the sink hung up"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      done.completeExceptionally(cause);
      context.close();
    }
  }
}
