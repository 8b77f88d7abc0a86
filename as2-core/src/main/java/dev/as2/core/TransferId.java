package dev.as2.core;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The id of one call that sends files; AWS's are UUIDs.
 *
 * @param value 1 to 512 letters, digits, dots, slashes and hyphens
 */
public record TransferId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-zA-Z./-]{1,512}");

  /**
   * @throws IllegalArgumentException where it is of another form
   */
  public TransferId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("transfer id is not of the form " + FORM);
    }
  }

  /** A new one: a UUID. */
  public static TransferId random(RandomGenerator random) {
    return new TransferId(Uuids.random(random).toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
