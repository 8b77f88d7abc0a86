package dev.as2.core;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The id of a server, which is where messages are received: {@code s-} and 17 hex digits, as AWS
 * gives them.
 *
 * @param value for example {@code s-0123456789abcdef0}
 */
public record ServerId(String value) {
  private static final Pattern FORM = Pattern.compile("s-[0-9a-f]{17}");

  /**
   * @throws IllegalArgumentException where it is of another form
   */
  public ServerId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("server id is not s- and 17 hex digits: '" + value + "'");
    }
  }

  /** A new one. */
  public static ServerId random(RandomGenerator random) {
    return new ServerId("s-" + Ids.hex17(random));
  }

  @Override
  public String toString() {
    return value;
  }
}
