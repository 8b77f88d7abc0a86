package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Handler.Answer;
import dev.as2.core.As2Handler.Request;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.console.Sessions.Begun;
import dev.as2.daemon.console.Sessions.Session;
import dev.as2.daemon.state.SecretKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;

/** Signing in and out, and who is signed in. Safe for use by several threads. */
final class SignIn {
  /** Set by the page on each request that changes something. */
  static final String TOKEN = "X-Console-Token";

  private final SecretKeys keys;
  private final boolean https;
  private final Sessions sessions;
  private final SignInRates rates = new SignInRates();
  private final String nobodysSecret;

  SignIn(SecretKeys keys, boolean https, Clock clock, SecureRandom random) {
    this.keys = keys;
    this.https = https;
    sessions = new Sessions(clock, random);
    byte[] secret = new byte[20];
    random.nextBytes(secret);
    nobodysSecret = HexFormat.of().formatHex(secret);
  }

  /** Signs in with an access key's id and secret. */
  Answer begin(Request request) throws Refusal, IOException {
    SameOrigin.check(request);
    rates.count(request.remote().getAddress());
    ObjectNode members = Bodies.read(request.body());
    String id = Bodies.text(members, "accessKeyId");
    // The same work for keys that there are and for those that there are not.
    Optional<String> secret = keys.secret(id);
    boolean right =
        Digests.areEqual(Bodies.text(members, "secretAccessKey"), secret.orElse(nobodysSecret));
    if (!right || secret.isEmpty()) {
      throw Refusal.wrongKey();
    }
    cookie(request).read(request).ifPresent(sessions::end);
    Begun begun = sessions.begin(id);
    return Answers.withCookie(
        Answers.json(request, shown(begun.session())), cookie(request).with(begun.id()));
  }

  /** Who is signed in, for the page when it is loaded. */
  Answer state(Request request) throws IOException {
    ObjectNode nobody = Json.object().put("signedIn", false);
    return Answers.json(request, find(request).map(SignIn::shown).orElse(nobody));
  }

  private static ObjectNode shown(Session session) {
    return Json.object()
        .put("signedIn", true)
        .put("accessKeyId", session.accessKeyId())
        .put("token", session.token());
  }

  /** Signs out; harmless where nobody is signed in. */
  Answer end(Request request) throws Refusal, IOException {
    SameOrigin.check(request);
    Optional<Session> session = find(request);
    if (session.isPresent()) {
      checkToken(request, session.get());
      cookie(request).read(request).ifPresent(sessions::end);
    }
    return Answers.withCookie(
        Answers.json(request, Json.object().put("signedIn", false)), cookie(request).none());
  }

  /**
   * The session that a request belongs to.
   *
   * @throws Refusal where there is none, or it asks too often
   */
  Session session(Request request) throws Refusal, IOException {
    Session session = find(request).orElseThrow(Refusal::signedOut);
    if (!session.rate().tryAcquirePermit()) {
      throw Refusal.tooMany("The console asks too often; wait a moment.");
    }
    return session;
  }

  /**
   * Makes sure that a request that changes something comes from the page that this session has.
   *
   * @throws Refusal where it may not
   */
  static void checkToken(Request request, Session session) throws Refusal {
    String token = request.headers().joined(TOKEN).orElse("");
    if (!Digests.areEqual(token, session.token())) {
      throw Refusal.foreign("The request lacks the session's token.");
    }
  }

  /** A key that was disabled meanwhile ends its sessions. */
  private Optional<Session> find(Request request) throws IOException {
    Optional<String> id = cookie(request).read(request);
    Optional<Session> session = id.flatMap(sessions::find);
    if (session.isPresent() && keys.secret(session.get().accessKeyId()).isEmpty()) {
      id.ifPresent(sessions::end);
      return Optional.empty();
    }
    return session;
  }

  private SessionCookie cookie(Request request) {
    return SessionCookie.of(request, https);
  }
}
