package dev.as2.transport;

import dev.as2.core.As2Exception;
import dev.as2.core.Probe;
import dev.as2.core.Probe.Session;
import dev.as2.core.Probe.Step;
import dev.as2.core.SendResult.Failure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** One probe, from an open connection on: proxy and TLS, and then the connection's end. */
final class Probing {
  /**
   * How long the partner's no to our certificate, or to our having none, may take: in TLS 1.3 it
   * follows the handshake (RFC 8446 §4.4.2.4).
   */
  private static final Duration REFUSAL = Duration.ofSeconds(1);

  private final Destination destination;
  private final Channel channel;
  private final Connection connection;
  private final Deadline deadline;
  private final CompletableFuture<Probe> result;

  /**
   * @param channel new, and in use by nobody else
   */
  Probing(Destination destination, Channel channel, CompletableFuture<Probe> result) {
    this.destination = destination;
    this.channel = channel;
    this.connection = Connection.of(channel);
    this.deadline = new Deadline(channel.eventLoop(), this::brokeInside);
    this.result = result;
  }

  /** On the channel's event loop. */
  void begin() {
    result.whenComplete((probe, cancelled) -> channel.close());
    channel.closeFuture().addListener(closed -> deadline.stop());
    if (connection.proxy().isPresent()) {
      connection.proxy().get().connectFuture().addListener(this::proxyAnswered);
    } else {
      openTls();
    }
  }

  private void proxyAnswered(Future<? super Channel> open) {
    if (open.isSuccess()) {
      openTls();
    } else {
      end(Step.PROXY, Failures.ofProxy(destination.options().proxy(), destination, open.cause()));
    }
  }

  private void openTls() {
    if (connection.tls().isEmpty()) {
      end(Step.CONNECTION, Optional.empty(), Optional.empty());
      return;
    }
    Duration limit = destination.options().timeouts().handshake();
    deadline.start(limit, () -> end(Step.TLS, Failures.ofLateHandshake(destination, limit)));
    SslHandler tls = connection.tls().get();
    tls.handshakeFuture().addListener(done -> handshakeEnded(tls, done));
  }

  private void handshakeEnded(SslHandler tls, Future<?> done) {
    deadline.stop();
    if (!done.isSuccess()) {
      end(Step.TLS, Failures.ofHandshake(destination, done.cause()));
      return;
    }
    Session session = session(tls.engine().getSession());
    if (!session.protocol().equals("TLSv1.3")) {
      end(Step.TLS, Optional.empty(), Optional.of(session));
      return;
    }
    channel
        .pipeline()
        .addBefore(channel.pipeline().context(connection.octets()).name(), null, new Refusal());
    deadline.start(REFUSAL, () -> end(Step.TLS, Optional.empty(), Optional.of(session)));
  }

  /** Hears the alert of a partner that wants another certificate, or any. */
  private final class Refusal extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      end(Step.TLS, Failures.ofHandshake(destination, cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      end(Step.TLS, Failures.ofHandshake(destination, new ClosedChannelException()));
    }
  }

  private static Session session(SSLSession session) {
    return new Session(
        session.getProtocol(), session.getCipherSuite(), Arrays.asList(chain(session)));
  }

  private static X509Certificate[] chain(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return Arrays.copyOf(chain, chain.length, X509Certificate[].class);
    } catch (SSLPeerUnverifiedException e) {
      throw new IllegalStateException("a handshake that succeeds has the partner's certificate", e);
    }
  }

  private void brokeInside(Throwable why) {
    end(Step.TLS, Failures.ofOurs(destination, why));
  }

  private void end(Step step, As2Exception why) {
    end(step, Optional.of(new Failure(why.code(), why.sentence())), Optional.empty());
  }

  private void end(Step step, Optional<Failure> failure, Optional<Session> session) {
    Optional<InetSocketAddress> address =
        Optional.ofNullable((InetSocketAddress) channel.remoteAddress());
    result.complete(new Probe(step, failure, address, session));
  }
}
