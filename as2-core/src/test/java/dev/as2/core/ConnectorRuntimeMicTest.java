package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.InMemoryFileStore.Operation;
import dev.as2.core.ScriptedClient.Script;
import dev.as2.mime.Content;
import dev.as2.mime.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A MIC that is right costs one look at the file; one that is wrong is worth a second. */
class ConnectorRuntimeMicTest {
  /** What some partners hash instead of the whole part. */
  private static final byte[] BARE_CONTENT =
      DigestAlgorithm.SHA256.newDigest().digest(RuntimeFixture.CONTENT);

  @Test
  void readsTheFileOnceWhereTheMicIsRight() throws Exception {
    try (RuntimeFixture fixture = new RuntimeFixture(connector(Map.of()))) {
      fixture.client.then((post, answer) -> {
        byte[] body = post.readBody();
        answer.complete(mdn(post.headers().first("Message-ID").orElse(""), micOfPart(body)));
      });

      SendResult result = fixture.send();

      assertThat(result.failure()).isEmpty();
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
      assertThat(opened(fixture)).isEqualTo(1);
    }
  }

  @Test
  void readsTheFileAgainToSayWhatAWrongMicIsOf() throws Exception {
    try (RuntimeFixture fixture = new RuntimeFixture(connector(Map.of()))) {
      fixture.client.then(bareContent(fixture, false));

      SendResult result = fixture.send();

      fixture.assertFailed(result, FailureCode.VERIFICATION_FAILED);
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("variant:payload-content");
      assertThat(result.failure().orElseThrow().message()).contains("without its MIME headers");
      assertThat(opened(fixture)).isEqualTo(2);
    }
  }

  @Test
  void readsTheFileOnceWhereTheWrongMicIsTheUsualOne() throws Exception {
    try (RuntimeFixture fixture =
        new RuntimeFixture(connector(Map.of("as2:accepted-mics", "PAYLOAD_CONTENT")))) {
      fixture.client.then(bareContent(fixture, false));

      SendResult result = fixture.send();

      assertThat(result.failure()).isEmpty();
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("variant:payload-content");
      assertThat(opened(fixture)).isEqualTo(1);
    }
  }

  @Test
  void saysSoWhereTheFileHasChangedSince() throws Exception {
    try (RuntimeFixture fixture = new RuntimeFixture(connector(Map.of()))) {
      fixture.client.then(bareContent(fixture, true));

      SendResult result = fixture.send();

      fixture.assertFailed(result, FailureCode.VERIFICATION_FAILED);
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("mismatch");
      assertThat(result.failure().orElseThrow().message())
          .isEqualTo(
              "The MDN's MIC is not the MIC of what was sent, and what was hashed instead could not"
                  + " be found out.");
    }
  }

  private static Connector connector(Map<String, String> tags) {
    return Trade.connector(
        RuntimeFixture.URL, Set.of(Layer.SIGN), tags, MdnSigningAlgorithm.NONE, MdnResponse.SYNC);
  }

  /** How often the file was opened to be sent; once before that its first octets were looked at. */
  private static long opened(RuntimeFixture fixture) {
    return fixture.store.calls().stream()
            .filter(call ->
                call.equals(new InMemoryFileStore.Call(Operation.OPEN, RuntimeFixture.FILE)))
            .count()
        - 1;
  }

  private static Script bareContent(RuntimeFixture fixture, boolean changing) {
    return (post, answer) -> {
      post.readBody();
      if (changing) {
        fixture.store.write(
            RuntimeFixture.FILE, Content.of(new byte[] {'!'}), "application/octet-stream");
      }
      answer.complete(mdn(post.headers().first("Message-ID").orElse(""), BARE_CONTENT));
    };
  }

  /** The digest of the first part of a multipart/signed. */
  private static byte[] micOfPart(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String line = text.substring(0, text.indexOf("\r\n"));
    int from = line.length() + 2;
    String part = text.substring(from, text.indexOf("\r\n" + line, from));
    return DigestAlgorithm.SHA256.newDigest().digest(part.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static As2Response mdn(String messageId, byte[] digest) {
    String body =
        String.join(
            "\r\n",
            "--r",
            "Content-Type: message/disposition-notification",
            "",
            "Original-Message-ID: " + messageId,
            "Disposition: automatic-action/MDN-sent-automatically; processed",
            "Received-Content-MIC: " + Mic.of(digest, DigestAlgorithm.SHA256),
            "--r--",
            "");
    return ScriptedClient.response(
        200,
        body,
        true,
        "Content-Type",
        "multipart/report; report-type=disposition-notification; boundary=r");
  }
}
