package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Request.Method;
import dev.as2.core.ScriptedClient.Script;
import dev.as2.core.SendResult.Attempt;
import dev.as2.mime.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a sender goes on with a message that broke off. */
@Timeout(60)
class ConnectorRuntimeRestartTest {
  private static final int CUT_AT = 1_000;

  @TempDir Path inbox;
  private RuntimeFixture f;

  @BeforeEach
  void begin() throws IOException {
    f = new RuntimeFixture(RuntimeFixture.connector("as2:restart", "ON"));
  }

  @AfterEach
  void end() {
    f.close();
  }

  private static Script held(long octets) {
    return ScriptedClient.answer(200, "", "Content-Length", String.valueOf(octets));
  }

  /** Takes what the first post brought and what this one brings for the message. */
  private Script receiveWhole() {
    return (post, answer) -> {
      byte[] rest = post.readBody();
      ContentRange range = range(post.headers());
      assertThat(rest).hasSize((int) range.length());
      byte[] before = octets(f.client.requests().get(0));
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.write(before, 0, (int) range.first());
      whole.write(rest);
      assertThat(whole.size()).isEqualTo(range.total());
      As2Handler.Answer mdn =
          RuntimeFixture.partner(inbox)
              .handle(ScriptedClient.arrived("POST", post.headers(), whole.toByteArray()));
      answer.complete(
          new As2Response(
              mdn.status(), "OK", mdn.headers(), mdn.body(), true, As2Response.Timings.NONE));
    };
  }

  private static ContentRange range(Headers headers) {
    return ContentRange.parse(headers.first("Content-Range").orElseThrow()).orElseThrow();
  }

  private static byte[] octets(As2Request request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    request.message().writeBodyTo(out);
    return out.toByteArray();
  }

  private List<Method> methods() {
    return f.client.requests().stream().map(As2Request::method).toList();
  }

  private long total() {
    return range(f.client.requests().get(0).message().headers()).total();
  }

  /** After the first attempt, which was cut, each handed on so many octets. */
  private void assertSent(SendResult result, long... octets) {
    assertThat(result.failure()).isEmpty();
    assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
    assertThat(result.attempts().stream().skip(1).mapToLong(Attempt::bytesSent).toArray())
        .containsExactly(octets);
  }

  @Test
  void asksHowMuchHasComeAndSendsTheRest() throws Exception {
    f.client.then(ScriptedClient.cutAfter(CUT_AT)).then(held(CUT_AT - 1)).then(receiveWhole());
    SendResult result = f.send();

    assertSent(result, total() - CUT_AT + 1);
    assertThat(methods()).containsExactly(Method.POST, Method.HEAD, Method.POST);
    Headers first = f.client.requests().get(0).message().headers();
    String tag = "\"" + result.transfer().messageId().value() + "\"";
    assertThat(first.first("ETag")).contains(tag);
    assertThat(first.first("AS2-Version")).contains("1.2");
    assertThat(first.first("EDIINT-Features")).contains("AS2-Restart");
    assertThat(range(first).first()).isZero();
    Headers asked = f.client.requests().get(1).message().headers();
    assertThat(asked.toString()).doesNotContain("Disposition", "Content-");
    for (String name : List.of("ETag", "AS2-From", "AS2-To", "AS2-Version")) {
      assertThat(asked.first(name)).isEqualTo(first.first(name));
    }
  }

  @Test
  void aQuestionThatFailsIsAskedAgainAndNothingIsSentTwice() throws Exception {
    f.client
        .then(ScriptedClient.cutAfter(CUT_AT))
        .then(ScriptedClient.fail(FailureCode.CONNECTION_CLOSED))
        .then(ScriptedClient.fail(FailureCode.UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP))
        .then(held(CUT_AT))
        .then(receiveWhole());
    SendResult result = f.send();

    assertSent(result, 0, 0, total() - CUT_AT);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void aPartnerWhoIsBusyIsAskedAgain(int status) throws Exception {
    f.client
        .then(ScriptedClient.cutAfter(CUT_AT))
        .then(ScriptedClient.answer(status, ""))
        .then(held(CUT_AT))
        .then(receiveWhole());

    assertSent(f.send(), 0, total() - CUT_AT);
  }

  @ParameterizedTest
  @CsvSource({"404,0", "501,0", "405,7", "200,0", "200,999999", "200,nonsense", "200,-1"})
  void whereNothingIsHeldAllIsSent(int status, String length) throws Exception {
    f.client
        .then(ScriptedClient.cutAfter(CUT_AT))
        .then(ScriptedClient.answer(status, "", "Content-Length", length))
        .then(receiveWhole());

    assertSent(f.send(), total());
  }

  @Test
  void whereAllIsHeldTheLastOctetIsSent() throws Exception {
    f.client
        .then(ScriptedClient.cutAfter(CUT_AT))
        .then((post, answer) -> held(total()).play(post, answer))
        .then(receiveWhole());

    assertSent(f.send(), 1);
  }

  @Test
  void whereWhatWasHeldHasGoneAllIsSent() throws Exception {
    f.client
        .then(ScriptedClient.cutAfter(CUT_AT))
        .then(held(CUT_AT))
        .then(ScriptedClient.answerEarly(416, ""))
        .then(receiveWhole());

    assertSent(f.send(), total());
    assertThat(methods()).containsExactly(Method.POST, Method.HEAD, Method.POST, Method.POST);
  }

  @Test
  void anotherRunAsksBeforeItSendsAnything() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector("as2:restart", "ON"));
    runs.client.otherwise(ScriptedClient.cutAfter(CUT_AT));
    runs.die(MemoryJournal.Call.SEALED);
    List<As2Request> before = runs.client.requests();
    assertThat(before).isEmpty();
    try (ConnectorRuntime runtime = runs.runtime()) {
      runs.client.then(held(0)).then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      assertThat(RuntimeFixture.result(runtime.send(runs.order())).failure()).isEmpty();
    }
    assertThat(runs.client.requests().stream().map(As2Request::method))
        .containsExactly(Method.HEAD, Method.POST);
  }

  @Test
  void withoutTheOptionNobodyIsAsked() throws Exception {
    try (RuntimeFixture plain =
        new RuntimeFixture(
            RuntimeFixture.connector(Set.of(Layer.SIGN), "as2:framing", "CONTENT_LENGTH"))) {
      plain
          .client
          .then(ScriptedClient.cutAfter(CUT_AT))
          .then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      assertThat(plain.send().failure()).isEmpty();

      assertThat(plain.client.requests())
          .hasSize(2)
          .allSatisfy(request -> {
            assertThat(request.method()).isEqualTo(Method.POST);
            assertThat(request.message().headers().toString())
                .doesNotContain("ETag", "Content-Range", "EDIINT-Features");
          });
    }
  }
}
