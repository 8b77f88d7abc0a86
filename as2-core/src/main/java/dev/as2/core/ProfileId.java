package dev.as2.core;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The id of a profile: {@code p-} and 17 hex digits, as AWS gives them.
 *
 * @param value for example {@code p-0123456789abcdef0}
 */
public record ProfileId(String value) {
  private static final Pattern FORM = Pattern.compile("p-[0-9a-f]{17}");

  /**
   * @throws IllegalArgumentException where it is of another form
   */
  public ProfileId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("profile id is not p- and 17 hex digits: '" + value + "'");
    }
  }

  /** A new one. */
  public static ProfileId random(RandomGenerator random) {
    return new ProfileId("p-" + Ids.hex17(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
