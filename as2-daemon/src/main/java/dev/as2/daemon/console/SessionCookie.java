package dev.as2.daemon.console;

import dev.as2.core.As2Handler.Request;
import java.util.Arrays;
import java.util.Optional;

/**
 * The cookie that carries a session's id: out of reach for scripts, and never sent from another
 * site's page.
 *
 * @param secure whether it goes over https only; its name then begins with {@code __Host-}, which
 *     no other host can set
 */
record SessionCookie(boolean secure) {
  /** How a request came: a proxy in front of us says it, and could say it too often only. */
  static SessionCookie of(Request request, boolean https) {
    boolean forwarded =
        request.headers().first("X-Forwarded-Proto").filter("https"::equalsIgnoreCase).isPresent();
    return new SessionCookie(https || forwarded);
  }

  private String name() {
    return secure ? "__Host-as2-session" : "as2-session";
  }

  /** The session's id that a request brings. */
  Optional<String> read(Request request) {
    String beginning = name() + "=";
    return Arrays.stream(request.headers().joined("Cookie").orElse("").split("[;,]\\s*"))
        .filter(each -> each.startsWith(beginning))
        .map(each -> each.substring(beginning.length()))
        .findFirst();
  }

  /** The header's value that keeps an id as long as the browser runs. */
  String with(String id) {
    return name() + "=" + id + attributes();
  }

  /** The header's value that forgets it. */
  String none() {
    return name() + "=" + attributes() + "; Max-Age=0";
  }

  private String attributes() {
    return "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
  }
}
