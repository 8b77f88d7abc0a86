package dev.as2.transport;

import dev.as2.core.Limits;
import dev.as2.core.TransportOptions.Proxy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.pool.ChannelPoolHandler;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Optional;

/**
 * What a connection to a partner consists of, from the socket up, and how long it may lie idle in
 * its pool.
 */
final class ConnectionSteps implements ChannelPoolHandler {
  private static final AttributeKey<Deadline> IDLE = AttributeKey.valueOf("dev.as2.transport.idle");

  private final Destination destination;
  private final Optional<SslContext> tls;
  private final Lookups lookups;
  private final Duration idleLifetime;
  private final ChannelGroup all;

  ConnectionSteps(
      Destination destination,
      Optional<SslContext> tls,
      Lookups lookups,
      Duration idleLifetime,
      ChannelGroup all) {
    this.destination = destination;
    this.tls = tls;
    this.lookups = lookups;
    this.idleLifetime = idleLifetime;
    this.all = all;
  }

  @Override
  public void channelCreated(Channel channel) {
    all.add(channel);
    channel
        .attr(IDLE)
        .set(new Deadline(channel.eventLoop(), channel.pipeline()::fireExceptionCaught));
    ExchangeHandler exchanges = new ExchangeHandler();
    Connection parts =
        new Connection(
            new Flow(),
            destination.options().proxy().filter(p -> destination.secure()).map(this::tunnel),
            tls.map(context -> ClientTls.handler(context, channel.alloc(), destination)),
            new AnswerBytes(exchanges),
            exchanges);
    parts.keepWith(channel);
    addSteps(channel.pipeline(), parts);
  }

  /** The order of the steps, from the socket up. */
  private void addSteps(ChannelPipeline steps, Connection parts) {
    steps.addLast(new ConnectStep(destination.options().timeouts().connect(), lookups));
    steps.addLast(parts.flow());
    parts.proxy().ifPresent(steps::addLast);
    parts.tls().ifPresent(steps::addLast);
    steps.addLast(parts.octets());
    steps.addLast(new AnswerCodec(asPartnersWriteIt()));
    steps.addLast(parts.exchanges());
  }

  private HttpProxyHandler tunnel(Proxy proxy) {
    HttpProxyHandler tunnel = new HttpProxyHandler(Destination.proxyAddress(proxy));
    tunnel.setConnectTimeoutMillis(destination.options().timeouts().connect().toMillis());
    return tunnel;
  }

  /** Bounded in size, and lenient in form: partners' HTTP is often home-made. */
  private static HttpDecoderConfig asPartnersWriteIt() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(Limits.HTTP_FIRST_LINE_BYTES)
        .setMaxHeaderSize(Limits.HTTP_HEADER_BYTES)
        .setAllowDuplicateContentLengths(true)
        .setStrictLineParsing(false)
        .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false))
        .setTrailersFactory(DefaultHttpHeadersFactory.trailersFactory().withValidation(false));
  }

  @Override
  public void channelAcquired(Channel channel) {
    channel.attr(IDLE).get().stop();
  }

  @Override
  public void channelReleased(Channel channel) {
    if (idleLifetime.isZero()) {
      channel.close();
    } else {
      channel.attr(IDLE).get().start(idleLifetime, channel::close);
    }
  }

  /** Whether a pooled connection may carry another message. */
  static boolean isHealthy(Channel channel) {
    return channel.isActive() && !Connection.of(channel).exchanges().isRetired();
  }
}
