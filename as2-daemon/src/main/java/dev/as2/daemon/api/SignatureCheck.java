package dev.as2.daemon.api;

import dev.as2.core.As2Handler.Request;
import dev.as2.daemon.state.SecretKeys;
import dev.as2.daemon.state.ServeLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Whether a request was signed by whom it says (AWS Signature Version 4, in the Authorization
 * header).
 *
 * <p>A signature holds for the region that it names, whichever it is: the daemon has one only, and
 * which one a client is configured for is no reason to refuse it. The service has to be ours, the
 * time near, and all that decides what a call means has to be signed.
 */
final class SignatureCheck {
  private static final String SERVICE = "transfer";
  private static final List<String> TO_BE_SIGNED = List.of("host", "x-amz-date", "x-amz-target");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final SecretKeys keys;
  private final Clock clock;
  private final String nobodysSecret;

  SignatureCheck(SecretKeys keys, Clock clock, RandomGenerator random) {
    this.keys = keys;
    this.clock = clock;
    byte[] secret = new byte[20];
    random.nextBytes(secret);
    nobodysSecret = HexFormat.of().formatHex(secret);
  }

  /**
   * Who signed a request.
   *
   * @return the access key's id
   * @throws ApiException with AWS's code for what is wrong with the signature
   */
  String signer(Request request, byte[] body) throws ApiException, IOException {
    Authorization claimed = claimed(request);
    Instant at = time(request);
    scope(claimed, at);
    for (String name : TO_BE_SIGNED) {
      if (request.headers().first(name).isPresent() && !claimed.signedHeaders().contains(name)) {
        throw invalid("'" + name + "' must be among the SignedHeaders of the Authorization header");
      }
    }
    // The same work for keys that there are and for those that there are not.
    Optional<String> secret = keys.secret(claimed.accessKeyId());
    boolean matches = matches(request, body, claimed, at, secret.orElse(nobodysSecret));
    if (secret.isEmpty() || request.headers().first("X-Amz-Security-Token").isPresent()) {
      throw new ApiException(
          ErrorCode.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
    }
    if (!matches || !digestMatches(request, body)) {
      throw invalid(
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method");
    }
    return claimed.accessKeyId();
  }

  private static Authorization claimed(Request request) throws ApiException {
    if (!request.query().isEmpty()) {
      throw new ApiException(
          ErrorCode.MISSING_AUTHENTICATION,
          "Requests with a query are not taken: a signature belongs into the Authorization header.");
    }
    Optional<String> header = request.headers().joined("Authorization");
    if (header.isEmpty()) {
      throw new ApiException(ErrorCode.MISSING_AUTHENTICATION, "Missing Authentication Token");
    }
    return Authorization.parse(header.get());
  }

  private static Instant time(Request request) throws ApiException {
    String header = request.headers().joined("X-Amz-Date").orElse("");
    try {
      return TIME.parse(header, Instant::from);
    } catch (DateTimeException e) {
      throw new ApiException(
          ErrorCode.INCOMPLETE_SIGNATURE,
          "X-Amz-Date is missing or not of the form 20270131T235959Z.");
    }
  }

  private void scope(Authorization claimed, Instant at) throws ApiException {
    if (!claimed.service().equals(SERVICE)) {
      throw invalid("Credential should be scoped to correct service: '" + SERVICE + "'");
    }
    if (!TIME.format(at).startsWith(claimed.day())) {
      throw invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%s' != '%s'".formatted(claimed.day(), TIME.format(at).substring(0, 8)));
    }
    Instant now = clock.instant();
    Instant earliest = now.minusSeconds(ServeLimits.API_CLOCK_SKEW_SECONDS);
    Instant latest = now.plusSeconds(ServeLimits.API_CLOCK_SKEW_SECONDS);
    if (at.isBefore(earliest)) {
      throw invalid(
          "Signature expired: %s is now earlier than %s (%s - 5 min.)"
              .formatted(TIME.format(at), TIME.format(earliest), TIME.format(now)));
    } else if (at.isAfter(latest)) {
      throw invalid(
          "Signature not yet current: %s is still later than %s (%s + 5 min.)"
              .formatted(TIME.format(at), TIME.format(latest), TIME.format(now)));
    }
  }

  private static boolean matches(
      Request request, byte[] body, Authorization claimed, Instant at, String secret)
      throws ApiException {
    String expected;
    try {
      expected = SignedRequest.authorization(request, body, claimed, at, secret);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw invalid("The Host header is missing or names no host");
    }
    return MessageDigest.isEqual(
        octets(Authorization.parse(expected).signature()), octets(claimed.signature()));
  }

  /** The signature covers the body's own digest; a header that states one has to state the same. */
  private static boolean digestMatches(Request request, byte[] body) {
    String actual = HexFormat.of().formatHex(sha256(body));
    return request.headers().joined("X-Amz-Content-Sha256").map(actual::equals).orElse(true);
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ApiException invalid(String words) {
    return new ApiException(ErrorCode.INVALID_SIGNATURE, words + ".");
  }
}
