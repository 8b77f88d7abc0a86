package dev.as2.core;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The id of a connector: {@code c-} and 17 hex digits, as AWS gives them.
 *
 * @param value for example {@code c-0123456789abcdef0}
 */
public record ConnectorId(String value) {
  private static final Pattern FORM = Pattern.compile("c-[0-9a-f]{17}");

  /**
   * @throws IllegalArgumentException where it is of another form
   */
  public ConnectorId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "connector id is not c- and 17 hex digits: '" + value + "'");
    }
  }

  /** A new one. */
  public static ConnectorId random(RandomGenerator random) {
    return new ConnectorId("c-" + Ids.hex17(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
