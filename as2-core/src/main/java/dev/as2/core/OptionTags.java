package dev.as2.core;

import dev.as2.core.TransportOptions.Proxy;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads option tags; every fault names the tag, its value and what it should hold. */
final class OptionTags {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

  /** No wait is longer: what takes a week has failed. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB|GB)");

  private static final Set<String> KNOWN =
      Stream.concat(
              Arrays.stream(ConnectorOption.values()).map(ConnectorOption::tag),
              Stream.of(ConnectorOption.HEADER_TAG_PREFIX + "NAME"))
          .collect(Collectors.toCollection(TreeSet::new));

  private final Map<String, String> tags;

  OptionTags(Map<String, String> tags) {
    this.tags = tags;
    for (String tag : tags.keySet()) {
      if (tag.startsWith(ConnectorOption.TAG_PREFIX)
          && !tag.startsWith(ConnectorOption.HEADER_TAG_PREFIX)
          && !KNOWN.contains(tag)) {
        throw new IllegalArgumentException(
            "there is no option " + tag + "; did you mean " + nearest(tag) + "?");
      }
    }
  }

  private static String nearest(String tag) {
    return KNOWN.stream().min(Comparator.comparingInt(each -> distance(tag, each))).orElseThrow();
  }

  /** How many characters have to be added, removed or replaced to make one of the other. */
  private static int distance(String one, String other) {
    int[] above = IntStream.rangeClosed(0, other.length()).toArray();
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }

  private String text(ConnectorOption option) {
    return tags.getOrDefault(option.tag(), option.defaultValue()).strip();
  }

  /** The value as it is, of a form that a regular expression describes. */
  String text(ConnectorOption option, String form) {
    if (!text(option).matches(form)) {
      throw fault(option);
    }
    return text(option);
  }

  private IllegalArgumentException fault(ConnectorOption option) {
    return fault(option, option.form());
  }

  private IllegalArgumentException fault(ConnectorOption option, String wanted) {
    return new IllegalArgumentException(
        "tag " + option.tag() + " is '" + text(option) + "', not " + wanted);
  }

  <E extends Enum<E>> E choice(ConnectorOption option, Class<E> type) {
    return constant(option, type, text(option));
  }

  /** One of some constants; an empty value stands for none. */
  <E extends Enum<E>> Optional<E> oneOf(ConnectorOption option, Set<E> constants) {
    if (text(option).isEmpty()) {
      return Optional.empty();
    }
    String name = text(option).toUpperCase(Locale.ROOT);
    return Optional.of(
        constants.stream()
            .filter(c -> c.name().equals(name))
            .findFirst()
            .orElseThrow(() -> fault(option)));
  }

  <E extends Enum<E>> Set<E> choices(ConnectorOption option, Class<E> type) {
    EnumSet<E> chosen = EnumSet.noneOf(type);
    for (String each : text(option).split("[ ,]+")) {
      if (!each.isEmpty()) {
        chosen.add(constant(option, type, each));
      }
    }
    return Set.copyOf(chosen);
  }

  private <E extends Enum<E>> E constant(ConnectorOption option, Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(c -> c.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> fault(option));
  }

  boolean isOn(ConnectorOption option) {
    return switch (text(option).toUpperCase(Locale.ROOT)) {
      case "ON" -> true;
      case "OFF" -> false;
      default -> throw fault(option);
    };
  }

  int number(ConnectorOption option, int min, int max) {
    String text = text(option);
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
      throw fault(option);
    }
    return Integer.parseInt(text);
  }

  /** A number of bytes; an empty value stands for no bound. */
  long size(ConnectorOption option) {
    if (text(option).isEmpty()) {
      return Long.MAX_VALUE;
    }
    Matcher size = SIZE.matcher(text(option).toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw fault(option);
    }
    long unit =
        switch (size.group(2)) {
          case "KB" -> 1_000L;
          case "MB" -> 1_000_000L;
          case "GB" -> 1_000_000_000L;
          default -> 1L;
        };
    return Long.parseLong(size.group(1)) * unit;
  }

  Duration duration(ConnectorOption option) {
    Matcher time = TIME.matcher(text(option));
    if (!time.matches() || Long.parseLong(time.group(1)) == 0) {
      throw fault(option, "a time such as 500ms, 30s, 5m");
    }
    long amount = Long.parseLong(time.group(1));
    Duration duration =
        switch (time.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        };
    if (duration.compareTo(LONGEST) > 0) {
      throw fault(option, "a time of at most 168h");
    }
    return duration;
  }

  Optional<Proxy> proxy(ConnectorOption option) {
    if (text(option).isEmpty()) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = URI.create(text(option));
    } catch (IllegalArgumentException e) {
      throw fault(option);
    }
    if (!"http".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getPort() < 1
        || uri.getPort() > 65_535) {
      throw fault(option);
    }
    return Optional.of(new Proxy(uri.getHost(), uri.getPort()));
  }

  /** The extra headers, in the order of their names. */
  Headers headers() {
    List<Header> lines = new ArrayList<>();
    new TreeMap<>(tags)
        .forEach((tag, value) -> {
          if (tag.startsWith(ConnectorOption.HEADER_TAG_PREFIX)) {
            String name = tag.substring(ConnectorOption.HEADER_TAG_PREFIX.length());
            lines.add(ExtraHeaders.header(name, value));
          }
        });
    return new Headers(lines);
  }
}
