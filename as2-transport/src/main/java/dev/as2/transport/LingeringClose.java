package dev.as2.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose client still sends (RFC 9112 §9.6): says that nothing more will come, and
 * throws away what comes, for a while. Closed at once, the system would answer the client's octets
 * with a reset, which may take the answer away before it is read.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {
  private LingeringClose() {}

  /**
   * Begins, on the channel's event loop, when the answer is written.
   *
   * @param atMost when the connection is closed, whatever the client does
   */
  static void of(Channel channel, Duration atMost) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    ChannelFuture said = tls == null ? channel.newSucceededFuture() : tls.closeOutbound();
    said.addListener(any -> {
      if (channel.isActive()) {
        ((DuplexChannel) channel).shutdownOutput();
        channel.pipeline().addFirst(new LingeringClose()); // before TLS and HTTP: nobody reads it
        Future<?> late =
            channel
                .eventLoop()
                .schedule(() -> channel.close(), atMost.toNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> late.cancel(false));
      }
    });
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object octets) {
    ReferenceCountUtil.release(octets);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close(); // the client has gone: there is nobody to tell
  }
}
