package dev.as2.transport;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.TransportOptions.ClientKey;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.core.TransportOptions.Trust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/**
 * TLS towards partners, on the JDK's provider, which also resumes sessions. Contexts are kept as
 * long as the client. Safe for use by several threads.
 */
final class ClientTls {
  private final Map<Tls, SslContext> contexts = new ConcurrentHashMap<>();

  /**
   * The context for these settings.
   *
   * @throws As2Exception {@code INVALID_CONFIGURATION} where keys or certificates cannot be used
   */
  SslContext context(Tls tls) throws As2Exception {
    SslContext known = contexts.get(tls);
    if (known == null) {
      known = build(tls);
      SslContext earlier = contexts.putIfAbsent(tls, known);
      known = earlier == null ? known : earlier;
    }
    return known;
  }

  private static SslContext build(Tls tls) throws As2Exception {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .trustManager(PartnerTrust.of(tls))
              .endpointIdentificationAlgorithm(null); // set for each connection
      tls.client().ifPresent(ours -> useKey(builder, ours));
      return builder.build();
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          "The TLS settings cannot be used: " + e.getMessage(),
          e);
    }
  }

  private static void useKey(SslContextBuilder builder, ClientKey ours) {
    builder.keyManager(ours.key(), ours.chain());
  }

  /** A handler for one connection: asks for the host's name, and checks it unless told not to. */
  static SslHandler handler(SslContext context, ByteBufAllocator buffers, Destination to) {
    SslHandler handler = context.newHandler(buffers, to.host(), to.port());
    handler.setHandshakeTimeoutMillis(0); // the exchange's own, which does not count the proxy
    SSLParameters parameters = handler.engine().getSSLParameters();
    Tls tls = to.options().tls();
    if (tls.checkHostname() && tls.trust() != Trust.PINNED) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (isName(to.host())) {
      parameters.setServerNames(List.of(new SNIHostName(to.host())));
    }
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  /** Whether a host is a name, as {@link java.net.URI} lets them through, and not an address. */
  private static boolean isName(String host) {
    return host.indexOf(':') < 0 && !host.matches("[0-9.]+") && !host.endsWith(".");
  }
}
