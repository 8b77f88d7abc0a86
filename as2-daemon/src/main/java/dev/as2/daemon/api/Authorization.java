package dev.as2.daemon.api;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Authorization header of AWS Signature Version 4, as it claims to be.
 *
 * @param accessKeyId whose signature it is
 * @param day of the scope: eight digits
 * @param signedHeaders in small letters
 * @param signature 64 hex digits
 */
record Authorization(
    String accessKeyId,
    String day,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "([!-.0-~]{1,128})/([0-9]{8})/([a-z0-9-]{1,64})/([a-z0-9-]{1,64})/aws4_request");

  private static final Pattern SIGNED_HEADERS = Pattern.compile("[a-z0-9-]+(;[a-z0-9-]+)*");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws ApiException {@code IncompleteSignatureException} naming what is missing
   */
  static Authorization parse(String header) throws ApiException {
    if (!header.startsWith(ALGORITHM + " ")) {
      throw incomplete("Authorization header does not begin with " + ALGORITHM);
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2) {
        parts.put(pair[0], pair[1]);
      }
    }
    Matcher credential = CREDENTIAL.matcher(part(parts, "Credential"));
    if (!credential.matches()) {
      throw incomplete(
          "Credential in the Authorization header is not"
              + " <access key>/<yyyymmdd>/<region>/<service>/aws4_request");
    }
    return new Authorization(
        credential.group(1),
        credential.group(2),
        credential.group(3),
        credential.group(4),
        Arrays.asList(part(parts, "SignedHeaders", SIGNED_HEADERS).split(";")),
        part(parts, "Signature", SIGNATURE));
  }

  private static String part(Map<String, String> parts, String name, Pattern form)
      throws ApiException {
    String value = part(parts, name);
    if (!form.matcher(value).matches()) {
      throw incomplete(name + " in the Authorization header is not of the form " + form);
    }
    return value;
  }

  private static String part(Map<String, String> parts, String name) throws ApiException {
    String value = parts.get(name);
    if (value == null) {
      throw incomplete("Authorization header requires '" + name + "' parameter");
    }
    return value;
  }

  private static ApiException incomplete(String words) {
    return new ApiException(ErrorCode.INCOMPLETE_SIGNATURE, words + ".");
  }
}
