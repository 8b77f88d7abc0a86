package dev.as2.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection's pipeline: hands what comes to the exchange that is under way, and
 * closes the connection on whatever comes between two.
 */
final class ExchangeHandler extends ChannelInboundHandlerAdapter {
  private @Nullable Exchange current;
  private boolean used;
  private boolean interim;
  private boolean retired;

  /** Makes an exchange the current one; gives whether the connection was used before. */
  boolean attach(Exchange exchange) {
    current = exchange;
    boolean before = used;
    used = true;
    return before;
  }

  void detach() {
    current = null;
  }

  /** No further exchange may use this connection. */
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  /** Some octets came, whatever they are. */
  void octetsCame() {
    if (current != null) {
      current.octetsCame();
    }
  }

  /** The exchange cannot go on. */
  void failed(Throwable why) {
    if (current != null) {
      current.failed(why);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (current == null) {
        ctx.close(); // nobody asked
      } else {
        read((HttpObject) message, current);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(HttpObject part, Exchange exchange) {
    if (part.decoderResult().isFailure()) {
      exchange.failed(part.decoderResult().cause());
      return;
    }
    if (part instanceof HttpResponse head) {
      interim = head.status().code() < 200;
      if (interim) {
        exchange.interim(head.status().code());
      } else {
        exchange.answerBegins(head);
      }
    }
    if (part instanceof HttpContent some && !interim) {
      exchange.answerGoesOn(some.content());
    }
    if (part instanceof LastHttpContent && !interim) {
      exchange.answerEnds();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (current != null) {
      current.writabilityChanged();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent) {
      ctx.close(); // the partner said its last in TLS and need not close TCP too
    } else if (event instanceof ChannelOutputShutdownEvent && current != null) {
      current.outputFailed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (current == null) {
      ctx.close();
    } else if (cause instanceof IOException broken && !(cause instanceof SSLException)) {
      current.broken(broken);
    } else if (cause instanceof Error
        || cause instanceof RuntimeException && !(cause instanceof CodecException)) {
      current.brokeInside(cause);
    } else {
      current.failed(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (current != null) {
      current.closed(new ClosedChannelException());
    }
  }
}
