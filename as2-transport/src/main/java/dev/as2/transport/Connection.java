package dev.as2.transport;

import io.netty.channel.Channel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.util.Optional;

/**
 * The steps of one connection that an exchange talks to. Kept beside the pipeline, which forgets
 * its handlers when the connection closes, while their futures still know why it did.
 *
 * @param proxy where a proxy opens a tunnel, which is so for https
 */
record Connection(
    Flow flow,
    Optional<HttpProxyHandler> proxy,
    Optional<SslHandler> tls,
    AnswerBytes octets,
    ExchangeHandler exchanges) {
  private static final AttributeKey<Connection> KEY =
      AttributeKey.valueOf("dev.as2.transport.connection");

  static Connection of(Channel channel) {
    return channel.attr(KEY).get();
  }

  void keepWith(Channel channel) {
    channel.attr(KEY).set(this);
  }
}
