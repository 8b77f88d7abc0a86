package dev.as2.transport;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.Limits;
import dev.as2.core.TransportOptions.Proxy;
import dev.as2.mime.Header;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What goes wrong on a connection, in the terms of {@link FailureCode}. */
final class Failures {
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

  /** How Netty and the JDK word that the connection ended. */
  private static final Pattern CLOSED_IN_TLS =
      Pattern.compile("Connection closed while|before receiving peer's close_notify");

  /** Alerts about our certificate, which TLS 1.3 sends after the handshake (RFC 8446 §4.4.2.4). */
  private static final Set<String> CERTIFICATE_ALERTS =
      Set.of(
          "access_denied",
          "bad_certificate",
          "certificate_expired",
          "certificate_required",
          "certificate_revoked",
          "certificate_unknown",
          "decrypt_error",
          "handshake_failure",
          "unknown_ca",
          "unsupported_certificate");

  private Failures() {}

  /** No connection came about. */
  static As2Exception ofConnecting(Destination destination, Throwable cause) {
    String to =
        destination
            .options()
            .proxy()
            .map(p -> "proxy " + p.host() + ":" + p.port())
            .orElse(destination.toString());
    if (cause instanceof UnknownHostException) {
      return new As2Exception(
          FailureCode.UNABLE_TO_RESOLVE_HOSTNAME, "No address is known for " + to, cause);
    }
    if (cause instanceof As2Exception known) {
      return known;
    }
    return new As2Exception(
        FailureCode.UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP,
        "No connection to " + to + ": " + cause.getMessage(),
        cause);
  }

  /** The proxy was reached and did not open the way. */
  static As2Exception ofProxy(Optional<Proxy> proxy, Destination destination, Throwable cause) {
    String name = proxy.map(p -> p.host() + ":" + p.port()).orElse("");
    return new As2Exception(
        FailureCode.PROXY_REFUSED,
        "Proxy " + name + " did not open the way to " + destination + ": " + cause.getMessage(),
        cause);
  }

  /** One connection after the other was closed while a message waited to be written. */
  static As2Exception ofStaleConnections(Destination destination, int count) {
    return new As2Exception(
        FailureCode.CONNECTION_CLOSED,
        destination + " closed " + count + " idle connections before the message could be written");
  }

  /** The TLS handshake failed. */
  static As2Exception ofHandshake(Destination destination, Throwable cause) {
    Optional<String> refusal = whoRefusedWhat(cause);
    return new As2Exception(
        refusal.isPresent()
            ? FailureCode.TLS_HANDSHAKE_FAILED
            : FailureCode.TLS_HANDSHAKE_BROKEN_OFF,
        "TLS with "
            + destination
            + ": "
            + refusal.orElse("the connection was closed during the handshake"),
        cause);
  }

  /** The TLS handshake did not end in time. */
  static As2Exception ofLateHandshake(Destination destination, Duration limit) {
    return new As2Exception(
        FailureCode.TLS_HANDSHAKE_BROKEN_OFF,
        "The TLS handshake with " + destination + " took longer than " + limit.toMillis() + " ms");
  }

  /** Our own code broke under an exchange. */
  static As2Exception ofOurs(Destination destination, Throwable cause) {
    return new As2Exception(
        FailureCode.INTERNAL_ERROR,
        "The exchange with " + destination + " failed: " + cause,
        cause);
  }

  /** Empty where nobody refused anything: the connection just ended. */
  private static Optional<String> whoRefusedWhat(Throwable cause) {
    Optional<String> refusal = causeOf(cause, CertificateException.class).map(Failures::ours);
    if (refusal.isEmpty()) {
      refusal = alert(cause).map(alert -> "the partner refused us with the alert " + alert);
    }
    if (refusal.isPresent() || isClosed(cause)) {
      return refusal;
    }
    return Optional.of(
        causeOf(cause, NotSslRecordException.class).isPresent()
            ? "the partner does not speak TLS on this port"
            : "we ended the handshake: " + cause.getMessage());
  }

  private static String ours(CertificateException refusal) {
    return "we refused the partner: " + refusal.getMessage();
  }

  /** Whether a handshake failed by the connection's end, for which neither TLS has a type. */
  private static boolean isClosed(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      boolean plain = each instanceof IOException && !(each instanceof SSLException);
      if (plain || CLOSED_IN_TLS.matcher(String.valueOf(each.getMessage())).find()) {
        return true;
      }
    }
    return false;
  }

  /** The partner took none of the message within the limit, or too little. */
  static As2Exception ofSlowReading(Destination destination, long octets, Duration limit) {
    String read =
        octets == 0
            ? " read nothing of the message for " + limit.toMillis() + " ms"
            : " read only "
                + octets
                + " bytes of the message in "
                + limit.toMillis()
                + " ms: fewer than "
                + Limits.SLOWEST_BYTES_PER_SECOND
                + " bytes per second";
    return new As2Exception(FailureCode.WRITE_TIMED_OUT, destination + read);
  }

  /**
   * What came is no answer.
   *
   * @param progress how far message and answer had got
   */
  static As2Exception ofReading(Destination destination, String progress, Throwable cause) {
    if (cause instanceof As2Exception known) {
      return known;
    }
    if (causeOf(cause, SSLException.class).isPresent()) {
      return ofTls(destination, progress, cause);
    }
    if (cause instanceof PrematureChannelClosureException) {
      return new As2Exception(
          FailureCode.CONNECTION_CLOSED,
          destination + " closed the connection; " + progress,
          cause);
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new As2Exception(
          FailureCode.HTTP_ANSWER_TOO_LARGE,
          "The headers of the answer of " + destination + " are too large",
          cause);
    }
    return new As2Exception(
        FailureCode.HTTP_ANSWER_INVALID,
        "The answer of " + destination + " is not HTTP: " + printable(cause),
        cause);
  }

  private static As2Exception ofTls(Destination destination, String progress, Throwable cause) {
    if (alert(cause).filter(CERTIFICATE_ALERTS::contains).isPresent()) {
      return ofHandshake(destination, cause);
    }
    return new As2Exception(
        FailureCode.CONNECTION_CLOSED,
        "TLS with " + destination + " broke (" + printable(cause) + "); " + progress,
        cause);
  }

  private static Optional<String> alert(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      Matcher matcher = ALERT.matcher(String.valueOf(each.getMessage()));
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  private static <T extends Throwable> Optional<T> causeOf(Throwable thrown, Class<T> type) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return Optional.of(type.cast(each));
      }
    }
    return Optional.empty();
  }

  private static String printable(Throwable cause) {
    return Header.printable(String.valueOf(cause.getMessage()));
  }
}
