package dev.as2.daemon.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What AWS's model says of a value: its JSON type, and the constraints upon it. */
sealed interface Shape {
  /** Both inclusive: of characters, of elements, or of a number itself. */
  record Range(long min, long max) {
    static final Range ANY = new Range(0, Long.MAX_VALUE);
  }

  /**
   * A string.
   *
   * @param values the only ones that there are; empty where any other constraint decides
   * @param secret whether it is never quoted
   */
  record Text(Range length, Optional<Pattern> pattern, List<String> values, boolean secret)
      implements Shape {}

  /** A whole number. */
  record Number(Range range) implements Shape {}

  /** A moment, in seconds since 1970. */
  record Time() implements Shape {}

  /** Any number of the same. */
  record Listing(Shape of, Range length) implements Shape {}

  /**
   * Members by their names.
   *
   * @param secret whether no value in it is ever quoted
   */
  record Structure(Map<String, Member> members, boolean secret) implements Shape {}

  /** One member of a structure. */
  record Member(Shape shape, boolean required) {}
}
