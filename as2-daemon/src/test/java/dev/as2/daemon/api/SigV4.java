package dev.as2.daemon.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signer of our own for the tests, as AWS describes it: shares no code with what it tests, and
 * signs what a proper client never would.
 */
record SigV4(String accessKeyId, String secret, String region, String service) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  static String time(Instant at) {
    return TIME.format(at);
  }

  /** The Authorization header for a POST to / with these headers, all of which are signed. */
  String authorization(Map<String, String> headers, byte[] body, Instant at)
      throws GeneralSecurityException {
    Map<String, String> sorted = new TreeMap<>();
    headers.forEach((name, value) -> sorted.put(name.toLowerCase(java.util.Locale.ROOT), value));
    String names = String.join(";", sorted.keySet());
    String lines =
        sorted.entrySet().stream()
            .map(each -> each.getKey() + ":" + each.getValue().strip() + "\n")
            .collect(Collectors.joining());
    String canonical = "POST\n/\n\n" + lines + "\n" + names + "\n" + sha256(body);
    String day = TIME.format(at).substring(0, 8);
    String scope = day + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + TIME.format(at)
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.getBytes(UTF_8));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : new String[] {day, region, service, "aws4_request", toSign}) {
      key = hmac(key, part);
    }
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(accessKeyId, scope, names, HexFormat.of().formatHex(key));
  }

  static String sha256(byte[] octets) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
