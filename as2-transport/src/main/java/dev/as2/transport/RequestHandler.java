package dev.as2.transport;

import dev.as2.core.As2Handler;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection, one after the other: each runs its handler on a worker thread.
 * Asks the socket for octets only while the request's body has room for them.
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(RequestHandler.class.getName());

  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "trailer");

  private final As2Handler handler;
  private final Executor workers;
  private final Duration linger;
  private @Nullable RequestBody body;
  private boolean closing;
  private boolean wanting;

  /**
   * @param linger how long a client may go on sending when it has its answer
   */
  RequestHandler(As2Handler handler, Executor workers, Duration linger) {
    this.handler = handler;
    this.workers = workers;
    this.linger = linger;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    more(ctx);
  }

  private void more(ChannelHandlerContext ctx) {
    wanting = true;
    ctx.read();
  }

  /** A read of the socket need not make a whole part: flow control then wants to be asked anew. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (wanting) {
      ctx.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    wanting = false;
    try {
      if (!closing) {
        read(ctx, (HttpObject) message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(ChannelHandlerContext ctx, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      refuse(ctx, part.decoderResult().cause());
      return;
    }
    if (part instanceof HttpRequest head) {
      begin(ctx, head);
    }
    if (part instanceof HttpContent some && body != null) {
      boolean room = body.add(some.content().retain());
      if (part instanceof LastHttpContent) {
        body.end();
      } else if (room) {
        more(ctx);
      }
    } else {
      more(ctx);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest head) {
    Runnable goOn = HttpUtil.is100ContinueExpected(head) ? () -> sendContinue(ctx) : () -> {};
    RequestBody begun = new RequestBody(goOn, () -> ctx.executor().execute(() -> more(ctx)));
    body = begun;
    try {
      workers.execute(() -> handle(ctx, head, begun));
    } catch (RejectedExecutionException e) {
      ctx.close(); // the server is closing
    }
  }

  private static void sendContinue(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
  }

  /** On a worker thread. */
  private void handle(ChannelHandlerContext ctx, HttpRequest head, RequestBody from) {
    As2Handler.Answer answer;
    try {
      answer =
          handler.handle(
              new As2Handler.Request(
                  head.method().name(),
                  head.uri(),
                  Answer.received(head.headers()),
                  from,
                  (InetSocketAddress) ctx.channel().remoteAddress()));
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a request from " + ctx.channel().remoteAddress() + " failed",
          e);
      answer = new As2Handler.Answer(500, Headers.EMPTY, new byte[0]);
    }
    As2Handler.Answer made = answer;
    if (ctx.channel().isActive()) {
      ctx.executor().execute(() -> answer(ctx, head, from, made));
    } else {
      from.abandon();
      made.afterwards().run();
    }
  }

  private void answer(
      ChannelHandlerContext ctx, HttpRequest head, RequestBody from, As2Handler.Answer answer) {
    boolean whole = from.hasEnded();
    boolean keepAlive = HttpUtil.isKeepAlive(head) && whole;
    from.abandon();
    body = null;
    FullHttpResponse response = response(answer);
    if (head.method().equals(HttpMethod.HEAD)) {
      answer.headers().first("Content-Length").ifPresent(l -> announce(response, l));
    }
    HttpUtil.setKeepAlive(response.headers(), head.protocolVersion(), keepAlive);
    ChannelFuture written = ctx.writeAndFlush(response);
    if (answer.goesOn()) {
      written.addListener(any -> afterwards(answer));
    }
    if (keepAlive) {
      more(ctx);
    } else if (whole) {
      closing = true;
      written.addListener(ChannelFutureListener.CLOSE);
    } else {
      closeAfter(ctx, written);
    }
  }

  private void afterwards(As2Handler.Answer answer) {
    try {
      workers.execute(answer.afterwards());
    } catch (RejectedExecutionException e) {
      LOG.log(
          System.Logger.Level.INFO, "the server is closing: what follows an answer is left out");
    }
  }

  /** Answers while the client may still be sending. */
  private void closeAfter(ChannelHandlerContext ctx, ChannelFuture written) {
    closing = true;
    written.addListener(done -> {
      if (done.isSuccess()) {
        LingeringClose.of(ctx.channel(), linger);
      } else {
        ctx.close();
      }
    });
  }

  /** The length that a body would have: none follows (RFC 9110 §8.6). */
  private static void announce(FullHttpResponse response, String length) {
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
  }

  private static FullHttpResponse response(As2Handler.Answer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()));
    for (Header line : answer.headers()) {
      if (!FRAMING.contains(line.name().toLowerCase(Locale.ROOT))) {
        response.headers().add(line.name(), line.value());
      }
    }
    if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    }
    return response;
  }

  /** What came is no request, or its body's framing is broken. */
  private void refuse(ChannelHandlerContext ctx, Throwable why) {
    if (body != null) {
      breakOff(ctx, new IOException("the request's framing is broken: " + why.getMessage(), why));
      return;
    }
    HttpResponseStatus status =
        why instanceof TooLongHttpLineException
            ? HttpResponseStatus.REQUEST_URI_TOO_LONG
            : why instanceof TooLongHttpHeaderException
                ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpResponseStatus.BAD_REQUEST;
    FullHttpResponse response =
        response(new As2Handler.Answer(status.code(), Headers.EMPTY, new byte[0]));
    HttpUtil.setKeepAlive(response, false);
    closeAfter(ctx, ctx.writeAndFlush(response));
  }

  private void breakOff(ChannelHandlerContext ctx, IOException why) {
    if (body != null) {
      body.fail(why);
    }
    ctx.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent && (body == null || body.isWaiting())) {
      breakOff(ctx, new IOException("the client sent nothing for too long"));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    breakOff(ctx, new IOException("the connection broke: " + cause.getMessage(), cause));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    breakOff(ctx, new ClosedChannelException());
  }
}
