package dev.as2.daemon.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Handler;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.mime.Headers;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
  @TempDir private Path outbox;
  private ConsoleServer server;

  @BeforeEach
  void start() throws Exception {
    server = ConsoleServer.start(outbox);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private boolean isSignedIn(Visitor visitor) throws Exception {
    boolean signedIn = visitor.read("session").path("signedIn").asBoolean();
    assertThat(visitor.get("transfers").statusCode()).isEqualTo(signedIn ? 200 : 401);
    return signedIn;
  }

  @Test
  void anAccessKeyOpensASessionWhoseCookieScriptsCannotReach() throws Exception {
    HttpResponse<String> answer = server.signIn(ConsoleServer.KEY, ConsoleServer.SECRET);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .matches("as2-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body()).doesNotContain(ConsoleServer.SECRET);
    assertThat(isSignedIn(Visitor.of(server, answer))).isTrue();
  }

  @Test
  void overHttpsTheCookieGoesOverNothingElse() throws Exception {
    try (ConsoleServer https = ConsoleServer.start(outbox, true)) {
      HttpResponse<String> answer = https.signIn(ConsoleServer.KEY, ConsoleServer.SECRET);
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
          .matches("__Host-as2-session=[^;]+; Path=/; HttpOnly; SameSite=Strict; Secure");
      assertThat(Visitor.of(https, answer).get("transfers").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aProxyMaySayThatItIsHttps() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .post(
                    "sign-in",
                    "{\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\"}"
                        .formatted(ConsoleServer.KEY, ConsoleServer.SECRET))
                .header("X-Forwarded-Proto", "https")
                .build());
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
  }

  @ParameterizedTest
  @CsvSource({
    "AKIAEXAMPLE000000001, secret/of+the/first/kex",
    "AKIAEXAMPLE000000001, secret/of+the/first/key2",
    "AKIAEXAMPLE000000001, ''",
    "AKIAEXAMPLE000000002, secret/of+the/first/key",
    "'', secret/of+the/first/key",
  })
  void aWrongKeyOpensNothingAndIsNotToldWhatIsWrong(String id, String secret) throws Exception {
    HttpResponse<String> answer = server.signIn(id, secret);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(Json.parse(answer.body()).path("error").path("message").asText())
        .isEqualTo("There is no such access key, or its secret is another.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{} {}",
        "{\"accessKeyId\":1,\"secretAccessKey\":2}",
        "{\"accessKeyId\":\"a\"}",
        "{\"accessKeyId\":\"a\",\"accessKeyId\":\"b\",\"secretAccessKey\":\"c\"}"
      })
  void whatIsNoKeyIsRefusedWithoutBeingQuoted(String json) throws Exception {
    HttpResponse<String> answer = server.send(server.post("sign-in", json).build());
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void whoeverTriesTooOftenHasToWait() throws Exception {
    for (int i = 0; i < ServeLimits.CONSOLE_SIGN_INS_PER_MINUTE; i++) {
      assertThat(server.signIn(ConsoleServer.KEY, "wrong").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> answer = server.signIn(ConsoleServer.KEY, ConsoleServer.SECRET);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("60");
  }

  @Test
  void aSessionEndsWhenNobodyUsesIt() throws Exception {
    Visitor visitor = server.visitor();
    Duration idle = Duration.ofMinutes(ServeLimits.CONSOLE_IDLE_MINUTES);
    server.clock.offset(idle.minusSeconds(30));
    assertThat(isSignedIn(visitor)).isTrue();
    server.clock.offset(idle.multipliedBy(2).minusSeconds(40));
    assertThat(isSignedIn(visitor)).isTrue();
    server.clock.offset(idle.multipliedBy(3));
    assertThat(isSignedIn(visitor)).isFalse();
  }

  @Test
  void aSessionThatIsUsedEndsAfterADay() throws Exception {
    Visitor visitor = server.visitor();
    Duration step = Duration.ofMinutes(ServeLimits.CONSOLE_IDLE_MINUTES - 1);
    Duration longest = Duration.ofHours(ServeLimits.CONSOLE_SESSION_HOURS);
    Duration at = step;
    while (at.compareTo(longest) < 0) {
      server.clock.offset(at);
      assertThat(isSignedIn(visitor)).isTrue();
      at = at.plus(step);
    }
    server.clock.offset(longest.plusSeconds(1));
    assertThat(isSignedIn(visitor)).isFalse();
  }

  @Test
  void signingOutEndsTheSessionAndNoOther() throws Exception {
    Visitor one = server.visitor();
    Visitor other = server.visitor();
    HttpResponse<String> answer = one.post("sign-out", "{}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(isSignedIn(one)).isFalse();
    assertThat(isSignedIn(other)).isTrue();
  }

  @Test
  void signingInAnewEndsTheSessionBefore() throws Exception {
    Visitor before = server.visitor();
    HttpResponse<String> answer =
        before.post(
            "sign-in",
            "{\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\"}"
                .formatted(ConsoleServer.KEY, ConsoleServer.SECRET));
    assertThat(isSignedIn(Visitor.of(server, answer))).isTrue();
    assertThat(isSignedIn(before)).isFalse();
  }

  @Test
  void aKeyThatIsDisabledEndsItsSessions() throws Exception {
    Visitor visitor = server.visitor();
    server.keys.clear();
    assertThat(isSignedIn(visitor)).isFalse();
    server.keys.put(ConsoleServer.KEY, ConsoleServer.SECRET);
    assertThat(isSignedIn(visitor)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "as2-session=",
        "as2-session=AAAA",
        "other=1; as2-session=x; as2-session=y",
        "as2-session",
        "=;;,"
      })
  void aCookieThatNobodyGotOpensNothing(String cookie) throws Exception {
    assertThat(isSignedIn(new Visitor(server, cookie, ""))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"transfers", "transfer", "mdn", "connectors", "profiles", "certificates"})
  void nothingIsShownToWhoIsNotSignedIn(String path) throws Exception {
    HttpResponse<String> answer = server.get("/console/" + path);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(server.send(server.post(path, "{}").build()).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "resend", "cancel"})
  void nothingIsDoneForWhoIsNotSignedIn(String path) throws Exception {
    assertThat(server.send(server.post(path, "{}").build()).statusCode()).isEqualTo(401);
    assertThat(server.get("/console/" + path).statusCode()).isEqualTo(405);
  }

  /** What another site's page can have a browser send, and what it cannot. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "the page itself          | application/json                | same-origin | own               | right | 200",
        "an older browser         | application/json; charset=utf-8 | -           | own               | right | 200",
        "a page without the token | application/json                | same-origin | own               | -     | 403",
        "a page with another one  | application/json                | same-origin | own               | wrong | 403",
        "another site             | application/json                | cross-site  | https://evil.test | right | 403",
        "a neighbouring site      | application/json                | same-site   | http://127.0.0.1:1| right | 403",
        "by hand                  | application/json                | none        | -                 | right | 403",
        "another site, old        | application/json                | -           | https://evil.test | right | 403",
        "a sandbox, old           | application/json                | -           | null              | right | 403",
        "no browser               | application/json                | -           | -                 | right | 403",
        "a form                   | text/plain                      | same-origin | own               | right | 403",
        "another form             | application/x-www-form-urlencoded | -         | own               | right | 403",
      })
  void onlyThePageItselfHasSomethingDone(
      String who, String type, String site, String origin, String token, int status)
      throws Exception {
    Visitor visitor = server.visitor();
    String order =
        "{\"connectorId\": \"%s\", \"files\": [\"/outbox/a.edi\"]}".formatted(Partners.ACME);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/console/send"))
            .header("Cookie", visitor.cookie())
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(order));
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }
    if (origin != null) {
      request.header("Origin", origin.equals("own") ? server.origin() : origin);
    }
    if (token != null) {
      request.header(SignIn.TOKEN, token.equals("right") ? visitor.token() : "x");
    }
    assertThat(server.send(request.build()).statusCode()).as(who).isEqualTo(status);
    assertThat(server.transfers.all()).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void anotherSiteCannotSignSomebodyIn() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("/console/sign-in"))
            .header("Content-Type", "application/json")
            .header("Origin", "https://evil.test")
            .POST(
                BodyPublishers.ofString(
                    "{\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\"}"
                        .formatted(ConsoleServer.KEY, ConsoleServer.SECRET)))
            .build();
    HttpResponse<String> answer = server.send(request);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  /** Without a network between, so that even a busy machine asks faster than it may. */
  @Test
  void whoeverAsksWithoutEndIsSlowedDown() throws Exception {
    Headers headers = Headers.of("Cookie", server.visitor().cookie());
    int status = 200;
    for (int i = 0; i < 100 * ServeLimits.CONSOLE_CALLS_PER_SECOND && status == 200; i++) {
      As2Handler.Request request =
          new As2Handler.Request(
              "GET",
              "/console/profiles",
              headers,
              InputStream.nullInputStream(),
              new InetSocketAddress(0));
      status = server.handler.handle(request).status();
    }
    assertThat(status).isEqualTo(429);
  }
}
