package dev.as2.core;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The id of a certificate: {@code cert-} and 17 hex digits, as AWS gives them.
 *
 * @param value for example {@code cert-0123456789abcdef0}
 */
public record CertificateId(String value) {
  private static final Pattern FORM = Pattern.compile("cert-[0-9a-f]{17}");

  /**
   * @throws IllegalArgumentException where it is of another form
   */
  public CertificateId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "certificate id is not cert- and 17 hex digits: '" + value + "'");
    }
  }

  /** A new one. */
  public static CertificateId random(RandomGenerator random) {
    return new CertificateId("cert-" + Ids.hex17(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
