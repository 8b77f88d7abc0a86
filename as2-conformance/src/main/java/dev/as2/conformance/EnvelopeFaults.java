package dev.as2.conformance;

import dev.as2.core.As2Id;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is wrong with the headers of a message or of an MDN. */
final class EnvelopeFaults {
  private static final Set<String> ONCE =
      Set.of("as2-from", "as2-to", "message-id", "content-type", "content-length");

  private EnvelopeFaults() {}

  static List<String> of(Capture capture) {
    Headers headers = capture.headers();
    List<String> faults = new ArrayList<>();
    name(headers, "AS2-From").ifPresent(faults::add);
    name(headers, "AS2-To").ifPresent(faults::add);
    messageId(headers).ifPresent(faults::add);
    Set<String> seen = new HashSet<>();
    for (Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!seen.add(name) && ONCE.contains(name)) {
        faults.add("There are several " + header.name() + " headers.");
      }
    }
    if (seen.contains("content-length") && seen.contains("transfer-encoding")) {
      faults.add("There are both Content-Length and Transfer-Encoding (RFC 9112 §6.2).");
    }
    length(headers, capture.body().length).ifPresent(faults::add);
    return faults;
  }

  private static Optional<String> name(Headers headers, String header) {
    Optional<String> value = headers.first(header);
    if (value.isEmpty()) {
      return Optional.of("There is no " + header + " (RFC 4130 §6.2).");
    }
    try {
      String right = As2Id.fromHeader(value.get()).toHeader();
      return right.equals(value.get())
          ? Optional.empty()
          : Optional.of(
              "%s is written %s; RFC 4130 §6.2 writes this name %s."
                  .formatted(header, value.get(), right));
    } catch (IllegalArgumentException e) {
      return Optional.of("%s is no AS2 name: %s.".formatted(header, e.getMessage()));
    }
  }

  private static Optional<String> messageId(Headers headers) {
    Optional<String> id = headers.first("Message-ID");
    if (id.isEmpty()) {
      return Optional.of("There is no Message-ID (RFC 4130 §5.3.3).");
    }
    return id.get().matches("<[^<>\\s]+@[^<>\\s]+>")
        ? Optional.empty()
        : Optional.of("The Message-ID is not <left@right>: " + id.get() + " (RFC 4130 §5.3.3).");
  }

  private static Optional<String> length(Headers headers, int bytes) {
    return headers
        .first("Content-Length")
        .filter(value -> value.matches("\\d{1,9}"))
        .filter(value -> Integer.parseInt(value) != bytes)
        .map(value -> "Content-Length is %s, and the body has %s bytes.".formatted(value, bytes));
  }
}
