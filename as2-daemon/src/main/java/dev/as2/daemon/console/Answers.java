package dev.as2.daemon.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Handler.Answer;
import dev.as2.core.As2Handler.Request;
import dev.as2.daemon.aws.Json;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;

/** Answers with the headers that keep a browser from doing more with them than it should. */
final class Answers {
  private static final System.Logger LOG = System.getLogger(Answers.class.getName());

  /** All that is shown is ours, nothing is inline, and no string becomes a part of the page. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final Headers GUARDS =
      Headers.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  private Answers() {}

  /** A file of the page, or 304 where the browser has it already. */
  static Answer file(Request request, String type, String caching, byte[] octets) {
    String tag = tag(octets);
    Headers headers =
        GUARDS.plus("Content-Type", type).plus("Cache-Control", caching).plus("ETag", tag);
    if (has(request, tag)) {
      return new Answer(304, headers, new byte[0]);
    }
    boolean bare = request.method().equals("HEAD");
    return new Answer(200, headers, bare ? new byte[0] : octets);
  }

  /** What was asked for, or 304 where the page has it already: it asks often. */
  static Answer json(Request request, ObjectNode members) {
    byte[] octets = Json.line(members).getBytes(UTF_8);
    if (!request.method().equals("GET")) {
      return new Answer(200, jsonHeaders(), octets);
    }
    String tag = tag(octets);
    Headers headers = jsonHeaders().plus("ETag", tag);
    return has(request, tag)
        ? new Answer(304, headers, new byte[0])
        : new Answer(200, headers, octets);
  }

  static Answer withCookie(Answer answer, String cookie) {
    return new Answer(answer.status(), answer.headers().plus("Set-Cookie", cookie), answer.body());
  }

  static Answer refusal(Refusal why) {
    Answer answer = failure(why.status(), why.code(), String.valueOf(why.getMessage()));
    return why.status() == 429
        ? new Answer(429, answer.headers().plus("Retry-After", "60"), answer.body())
        : answer;
  }

  /** The state cannot be read or written: this may be over at the next call. */
  static Answer unavailable(IOException why) {
    String id = logged(why);
    return failure(
        503,
        "UNAVAILABLE",
        "The daemon cannot reach what it keeps at the moment; its log has more under " + id + ".");
  }

  /** A fault of ours. */
  static Answer broken(RuntimeException why) {
    String id = logged(why);
    return failure(500, "INTERNAL", "The daemon failed; its log has more under " + id + ".");
  }

  private static String logged(Exception why) {
    String id = UUID.randomUUID().toString();
    LOG.log(System.Logger.Level.WARNING, "console request " + id + " failed", why);
    return id;
  }

  private static Answer failure(int status, String code, String sentence) {
    ObjectNode members = Json.object();
    members.putObject("error").put("code", code).put("message", sentence);
    return new Answer(status, jsonHeaders(), Json.line(members).getBytes(UTF_8));
  }

  private static Headers jsonHeaders() {
    return GUARDS
        .plus("Content-Type", "application/json; charset=utf-8")
        .plus("Cache-Control", "no-store");
  }

  private static String tag(byte[] octets) {
    return '"' + Digests.hex(octets).substring(0, 32) + '"';
  }

  private static boolean has(Request request, String tag) {
    return request
        .headers()
        .joined("If-None-Match")
        .map(known -> Arrays.asList(known.split(",\\s*")).contains(tag))
        .orElse(false);
  }
}
