package dev.as2.mime;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Header lines in their order; names are compared without case. Immutable.
 *
 * @param lines the lines, in the order of the wire
 */
public record Headers(List<Header> lines) implements Iterable<Header> {
  /** No header at all. */
  public static final Headers EMPTY = new Headers(List.of());

  public Headers {
    lines = List.copyOf(lines);
  }

  /** Headers from alternating names and values. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header name has no value");
    }
    List<Header> lines = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      lines.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(lines);
  }

  /** The value of the first header of this name. */
  public Optional<String> first(String name) {
    return lines.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** The values of all headers of this name joined with {@code ", "} (RFC 9110 §5.3). */
  public Optional<String> joined(String name) {
    String all =
        lines.stream()
            .filter(h -> h.name().equalsIgnoreCase(name))
            .map(Header::value)
            .collect(Collectors.joining(", "));
    return first(name).map(any -> all);
  }

  /** These headers and one more at the end. */
  public Headers plus(String name, String value) {
    List<Header> more = new ArrayList<>(lines);
    more.add(new Header(name, value));
    return new Headers(more);
  }

  /** These headers and then {@code others}. */
  public Headers plus(Headers others) {
    List<Header> more = new ArrayList<>(lines);
    more.addAll(others.lines);
    return new Headers(more);
  }

  /** These headers, where the one named is set to {@code value}, in place or at the end. */
  public Headers with(String name, String value) {
    List<Header> changed = new ArrayList<>();
    boolean set = false;
    for (Header header : lines) {
      if (!header.name().equalsIgnoreCase(name)) {
        changed.add(header);
      } else if (!set) {
        changed.add(new Header(name, value));
        set = true;
      }
    }
    return set ? new Headers(changed) : plus(name, value);
  }

  /** These headers but for all of this name. */
  public Headers without(String name) {
    return new Headers(lines.stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList());
  }

  /** The header block as a MIME entity begins with it: each line with CRLF, then an empty line. */
  public byte[] toBytes() {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    lines.forEach(line -> block.writeBytes(line.toBytes()));
    block.write('\r');
    block.write('\n');
    return block.toByteArray();
  }

  @Override
  public Iterator<Header> iterator() {
    return lines.iterator();
  }
}
