package dev.as2.daemon.aws;

import java.util.regex.Pattern;

/** The string types of AWS Transfer Family's API: length and pattern, and both in words. */
public enum AwsText {
  ANY(0, 2048, ".*", "at most 2048 characters"),
  ARN(20, 1600, "arn:\\S+", "an ARN of 20 to 1600 characters"),
  ROLE(20, 2048, "arn:.*role/\\S+", "the ARN of a role"),
  CONNECTOR_ID(19, 19, "c-[0-9a-f]{17}", "c- and 17 hex digits"),
  PROFILE_ID(19, 19, "p-[0-9a-f]{17}", "p- and 17 hex digits"),
  CERTIFICATE_ID(22, 22, "cert-[0-9a-f]{17}", "cert- and 17 hex digits"),
  AGREEMENT_ID(19, 19, "a-[0-9a-f]{17}", "a- and 17 hex digits"),
  SERVER_ID(19, 19, "s-[0-9a-f]{17}", "s- and 17 hex digits"),
  URL(
      1,
      255,
      "(?i)https?://[^\\s/]\\S*",
      "a URL such as https://host/path: http or https, no blanks, at most 255 characters"),
  AS2_ID(1, 128, "[ -~]+", "1 to 128 characters of printable ASCII"),
  SUBJECT(1, 1024, "[ -~\t]+", "1 to 1024 characters of printable ASCII and tabs"),
  DIRECTORY(2, 1024, "/.*", "/bucket or /bucket/folder, at most 1024 characters"),
  SECRET_ID(0, 2048, ".*", "the name or ARN of a secret"),
  CERTIFICATE_BODY(1, 16_384, "[\\t\\n\\r -\\u00ff]+", "a PEM certificate of at most 16 KiB"),
  CERTIFICATE_CHAIN(1, 2_097_152, "[\\t\\n\\r -\\u00ff]+", "PEM certificates, at most 2 MiB"),
  SERIAL(0, 48, "[0-9a-fA-F{}:?]*", "at most 48 hex digits"),
  DESCRIPTION(1, 200, "[!-~]+", "1 to 200 characters of printable ASCII without spaces"),
  TAG_KEY(0, 128, ".*", "at most 128 characters"),
  TAG_VALUE(0, 256, ".*", "at most 256 characters"),
  IP_ADDRESS(7, 15, "\\d{1,3}(\\.\\d{1,3}){3}", "an IPv4 address"),
  SECURITY_POLICY(
      0,
      100,
      "TransferSFTPConnectorSecurityPolicy-[A-Za-z0-9-]+",
      "the name of a connector security policy");

  private final int min;
  private final int max;
  private final Pattern pattern;
  private final String words;

  AwsText(int min, int max, String pattern, String words) {
    this.min = min;
    this.max = max;
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    this.words = words;
  }

  /** Whether a value is of this type. */
  public boolean allows(String value) {
    return min <= value.length() && value.length() <= max && pattern.matcher(value).matches();
  }

  /** What a value should be, to complete "not ...". */
  public String words() {
    return words;
  }
}
