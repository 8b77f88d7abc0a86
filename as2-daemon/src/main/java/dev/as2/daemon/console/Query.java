package dev.as2.daemon.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.as2.core.TransferId;
import dev.as2.daemon.state.Transfers.FileKey;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a GET; empty ones are as if they were not there. */
record Query(Map<String, String> values) {
  Query {
    values = Map.copyOf(values);
  }

  /**
   * @param query undecoded
   * @throws Refusal where it cannot be read, or says something twice
   */
  static Query parse(String query) throws Refusal {
    Map<String, String> values = new HashMap<>();
    for (String each : query.split("&")) {
      int equals = each.indexOf('=');
      if (equals > 0 && equals < each.length() - 1) {
        String name = decoded(each.substring(0, equals));
        if (values.put(name, decoded(each.substring(equals + 1))) != null) {
          throw Refusal.invalid("The parameter " + name + " is there twice.");
        }
      }
    }
    return new Query(values);
  }

  private static String decoded(String text) throws Refusal {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("The query has a percent sign without two hex digits.");
    }
  }

  /** What was given, at most so many characters of it. */
  Optional<String> text(String name, int most) throws Refusal {
    Optional<String> text = Optional.ofNullable(values.get(name));
    if (text.isPresent() && text.get().length() > most) {
      throw Refusal.invalid(name + " is longer than " + most + " characters.");
    }
    return text;
  }

  /** A whole number within bounds, both included. */
  Optional<Long> number(String name, long min, long max) throws Refusal {
    Optional<String> text = text(name, 20);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(text.get());
      if (min <= number && number <= max) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Refused below, as numbers out of bounds are.
    }
    throw Refusal.invalid("%s is not a number from %d to %d.".formatted(name, min, max));
  }

  /** Which file: {@code transferId} and {@code number}. */
  FileKey file() throws Refusal {
    return fileKey(
        values.getOrDefault("transferId", ""), number("number", 0, Integer.MAX_VALUE).orElse(0L));
  }

  static FileKey fileKey(String transferId, long number) throws Refusal {
    try {
      return new FileKey(new TransferId(transferId), Math.toIntExact(number));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Refusal.invalid("The transfer's id or number is none.");
    }
  }
}
