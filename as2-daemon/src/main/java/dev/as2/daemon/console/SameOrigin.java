package dev.as2.daemon.console;

import dev.as2.core.As2Handler.Request;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a request that changes something comes from the console's own page. Browsers say so in
 * headers that no script can set.
 */
final class SameOrigin {
  private SameOrigin() {}

  /**
   * @throws Refusal where it may come from another site's page
   */
  static void check(Request request) throws Refusal {
    String type = request.headers().joined("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    // A form of another site cannot have this type.
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      throw Refusal.foreign("Content-Type is not application/json.");
    }
    Optional<String> site = request.headers().joined("Sec-Fetch-Site");
    boolean same = site.isPresent() ? site.get().equals("same-origin") : isOwn(request);
    if (!same) {
      throw Refusal.foreign("The request does not come from the console's own page.");
    }
  }

  /** For browsers without Sec-Fetch-Site, and for all of them where there is neither https. */
  private static boolean isOwn(Request request) {
    Optional<String> origin = request.headers().joined("Origin");
    Optional<String> host = request.headers().joined("Host");
    return origin.isPresent()
        && host.isPresent()
        && authority(origin.get()).equals(Optional.of(host.get().toLowerCase(Locale.ROOT)));
  }

  private static Optional<String> authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority())
          .map(each -> each.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no origin that anybody has, such as "null" with blanks
    }
  }
}
