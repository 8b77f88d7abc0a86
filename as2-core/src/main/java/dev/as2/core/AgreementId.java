package dev.as2.core;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The id of an agreement: {@code a-} and 17 hex digits, as AWS gives them.
 *
 * @param value for example {@code a-0123456789abcdef0}
 */
public record AgreementId(String value) {
  private static final Pattern FORM = Pattern.compile("a-[0-9a-f]{17}");

  /**
   * @throws IllegalArgumentException where it is of another form
   */
  public AgreementId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "agreement id is not a- and 17 hex digits: '" + value + "'");
    }
  }

  /** A new one. */
  public static AgreementId random(RandomGenerator random) {
    return new AgreementId("a-" + Ids.hex17(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
