package dev.as2.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes small messages and answers each with a signed MDN, freshly signed with the fastest RSA
 * there is, at once or when it is told to. Holds any number of connections open with two threads.
 *
 * <p>Speaks with the driver as {@link SinkControl} says. Ends with its input.
 */
final class MdnSink {
  private static final int MAX_MESSAGE_BYTES = 4 << 20;

  private final SinkControl control = new SinkControl();
  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private final MdnMaker maker;
  private final boolean holds;

  private MdnSink(MdnMaker maker, boolean holds) {
    this.maker = maker;
    this.holds = holds;
  }

  /**
   * Arguments: {@code keystore=} the sink's file; {@code hold=true} holds all answers back until
   * the driver says {@link SinkControl#RELEASE}.
   */
  public static void main(String[] arguments)
      throws IOException, GeneralSecurityException, InterruptedException {
    String keystore = argument(arguments, "keystore");
    boolean holds = Boolean.parseBoolean(argument(arguments, "hold"));
    MdnSink sink = new MdnSink(MdnMaker.of(Path.of(keystore)), holds);
    sink.control.serve(sink.start(), sink::release);
    System.exit(0);
  }

  private static String argument(String[] arguments, String name) {
    for (String argument : arguments) {
      if (argument.startsWith(name + "=")) {
        return argument.substring(name.length() + 1);
      }
    }
    throw new IllegalArgumentException("the argument " + name + "= is missing");
  }

  private void release() {
    for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
      answer.run();
    }
  }

  private int start() throws InterruptedException {
    var loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    var channel =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel child) {
                    child
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(MAX_MESSAGE_BYTES))
                        .addLast(new Answering());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
        throws IOException {
      MdnMaker.Pending pending = maker.received(request);
      if (holds) {
        held.add(() -> context.executor().execute(() -> answerLate(context, pending)));
      } else {
        answer(context, pending);
      }
      control.count(request.content().readableBytes());
    }

    private void answerLate(ChannelHandlerContext context, MdnMaker.Pending pending) {
      try {
        answer(context, pending);
      } catch (IOException e) {
        context.fireExceptionCaught(e);
      }
    }

    private void answer(ChannelHandlerContext context, MdnMaker.Pending pending)
        throws IOException {
      MdnMaker.Mdn mdn = maker.mdn(pending);
      var response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(mdn.body()));
      mdn.headers().forEach(header -> response.headers().set(header.name(), header.value()));
      response.headers().set("Content-Length", mdn.body().length);
      context.writeAndFlush(response);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      System.err.println("sink: a connection broke: " + cause);
      context.close();
    }
  }
}
