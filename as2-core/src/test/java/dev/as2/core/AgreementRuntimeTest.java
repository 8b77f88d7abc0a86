package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.core.Agreement.EnforceMessageSigning;
import dev.as2.core.Agreement.PreserveFilename;
import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.InMemoryFileStore.Operation;
import dev.as2.core.ReceivingStage.Made;
import dev.as2.core.SendResult.Status;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where files go, what is written about them, and what a receiver answers besides MDNs. */
@Timeout(60)
class AgreementRuntimeTest {
  private static final Set<Layer> ALL = Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT);

  @TempDir Path spool;

  private static String id(Made made) {
    return MessageId.fromHeader(made.headers().first("Message-ID").orElseThrow()).value();
  }

  @Test
  void storesBelowItsBaseDirectoryAsAwsLaysItOut() throws Exception {
    Made made = ReceivingStage.message(ALL);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      As2Handler.Answer answer = stage.receive(made);

      String path = "from-us/processed/ordérs _1_." + id(made) + ".edi";
      assertThat(stage.inbox()).containsExactlyInAnyOrder(path, path + ".mdn", path + ".json");
      assertThat(
              new String(
                  stage.octets(stage.reception().results().mdn().orElseThrow()),
                  StandardCharsets.US_ASCII))
          .endsWith(new String(answer.body(), StandardCharsets.US_ASCII))
          .startsWith("AS2-Version: 1.1\r\nAS2-From: TheirCompany\r\n");
      JsonNode record = stage.record();
      assertThat(record.path("status-code").textValue()).isEqualTo("COMPLETED");
      assertThat(record.path("agreement-id").textValue())
          .isEqualTo(ReceivingStage.AGREEMENT.value());
      assertThat(record.path("server-id").textValue()).isEqualTo(ReceivingStage.SERVER.value());
      assertThat(record.path("client-ip").textValue()).isEqualTo("127.0.0.1");
      assertThat(record.path("as2-from").textValue()).isEqualTo(Trade.OUR_ID.value());
      assertThat(record.path("as2-message-id").textValue()).isEqualTo(id(made));
      assertThat(record.path("file-path").textValue()).isEqualTo("/inbox/" + path);
      assertThat(record.path("requester-file-name").textValue()).isEqualTo(ReceivingStage.NAME);
      assertThat(record.path("requester-content-type").textValue())
          .isEqualTo("application/edi-x12");
      assertThat(record.path("transfer-size").longValue()).isEqualTo(ReceivingStage.FILE.length);
      assertThat(record.path("message-subject").textValue()).isEqualTo("a subject");
      assertThat(record.path("disposition").textValue())
          .isEqualTo("automatic-action/MDN-sent-automatically; processed");
      assertThat(record.path("layers")).hasToString("[\"encrypted\",\"signed\",\"compressed\"]");
    }
  }

  @Test
  void storesEachKindInItsCustomDirectory() throws Exception {
    ReceiveFolders folders =
        new ReceiveFolders(
            FolderPath.parse("/inbox/payload"),
            FolderPath.parse("/inbox/mdn"),
            FolderPath.parse("/inbox/status"),
            FolderPath.parse("/inbox/failed"),
            FolderPath.parse("/inbox/temporary"));
    Agreement agreement =
        ReceivingStage.agreement(
            new Agreement.CustomDirectories(folders),
            PreserveFilename.DISABLED,
            EnforceMessageSigning.ENABLED);
    Made good = ReceivingStage.message(ALL);
    Made bad = ReceivingStage.message(Set.of(Layer.ENCRYPT));
    try (ReceivingStage stage = new ReceivingStage(spool, agreement, b -> b)) {
      stage.receive(good);
      stage.receive(bad);

      String name = "ordérs _1_." + id(good) + ".edi";
      assertThat(stage.inbox())
          .containsExactlyInAnyOrder(
              "payload/" + name,
              "mdn/" + name + ".mdn",
              "status/" + name + ".json",
              "failed/" + id(bad) + ".mdn",
              "failed/" + id(bad) + ".json");
    }
  }

  @Test
  void keepsTheSendersNameAndReplacesNothingOfThatName() throws Exception {
    Agreement agreement =
        ReceivingStage.agreement(
            new Agreement.BaseDirectory(FolderPath.parse("/inbox")),
            PreserveFilename.ENABLED,
            EnforceMessageSigning.DISABLED);
    Made second = ReceivingStage.message(ALL);
    try (ReceivingStage stage = new ReceivingStage(spool, agreement, b -> b)) {
      stage.receive(ReceivingStage.message(ALL));
      stage.receive(second);

      assertThat(stage.inbox())
          .contains("processed/ordérs _1_.edi", "processed/ordérs _1_." + id(second) + ".edi");
      assertThat(stage.record().path("warnings").path(0).textValue())
          .isEqualTo(
              "There was a file /inbox/processed/ordérs _1_.edi already; the new one has another name.");
    }
  }

  @Test
  void answersWithoutAnMdnWhereNoneIsAskedFor() throws Exception {
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      Made made =
          ReceivingStage.message(
              ReceivingStage.connector(ALL, MdnSigningAlgorithm.SHA256, MdnResponse.NONE),
              "a.edi",
              ReceivingStage.FILE);
      As2Handler.Answer answer = stage.receive(made);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(stage.reception().status()).isEqualTo(Status.COMPLETED);
      assertThat(stage.reception().results().mdn()).isEmpty();

      As2Handler.Answer refused =
          stage.receive(made.with("Message-ID", "<2@x>").withBody(new byte[] {1, 2, 3}));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(new String(refused.body(), StandardCharsets.US_ASCII))
          .startsWith("The message was not accepted: ");
    }
  }

  @Test
  void saysWhatItCanDoWhereTheAgreementSaysSo() throws Exception {
    Agreement agreement =
        ReceivingStage.agreement(
            "as2:as2-version", "1.2", "as2:ediint-features", "multiple-attachments");
    try (ReceivingStage stage = new ReceivingStage(spool, agreement, b -> b)) {
      As2Handler.Answer answer = stage.receive(ReceivingStage.message(ALL));

      assertThat(answer.headers().first("AS2-Version")).contains("1.2");
      assertThat(answer.headers().first("EDIINT-Features")).contains("multiple-attachments");
    }
  }

  @Test
  void answersOtherMethodsWithoutTakingThemForMessages() throws Exception {
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      Headers headers = ReceivingStage.message(ALL).headers();
      As2Handler.Answer head =
          stage.runtime.handle(ScriptedClient.arrived("HEAD", headers, new byte[0]));
      As2Handler.Answer get =
          stage.runtime.handle(ScriptedClient.arrived("GET", headers, new byte[0]));

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(get.status()).isEqualTo(405);
      assertThat(get.headers().first("Allow")).contains("POST, HEAD");
      assertThat(stage.receptions).isEmpty();
    }
  }

  @Test
  void saysNothingFinalWhileItsStoreFails() throws Exception {
    Made made = ReceivingStage.message(ALL);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      stage.store.failOn(Operation.WRITE, path -> true, new IOException("the disk is full"));
      As2Handler.Answer answer = stage.receive(made);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers().first("Retry-After")).isPresent();
      assertThat(stage.receptions).isEmpty();
      assertThat(stage.spoolIsEmpty()).isTrue();

      stage.store.heal();
      assertThat(ReceivingStage.mdn(stage.receive(made)).disposition().isPositive()).isTrue();
    }
  }

  @Test
  void takesAMessageThatBreaksOffForNoFaultOfTheSenders() throws Exception {
    Made made = ReceivingStage.message(ALL);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      InputStream broken =
          new SequenceInputStream(
              new ByteArrayInputStream(made.body(), 0, 200),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("the line was cut");
                }
              });
      As2Handler.Request whole = ScriptedClient.arrived("POST", made.headers(), made.body());

      assertThatThrownBy(() ->
              stage.runtime.handle(
                  new As2Handler.Request("POST", "/as2", made.headers(), broken, whole.remote())))
          .isInstanceOf(IOException.class)
          .hasMessage("the message broke off while it came in");
      assertThat(stage.receptions).isEmpty();
      assertThat(stage.inbox()).isEmpty();
      assertThat(stage.spoolIsEmpty()).isTrue();
      assertThat(stage.runtime.handle(whole).status()).isEqualTo(200);
    }
  }

  @Test
  void storesEachAttachmentAndProvesThemTogether() throws Exception {
    String related =
        "--b\r\nContent-Type: application/xml\r\nContent-Disposition: attachment; filename=a.xml\r\n\r\n<a/>"
            + "\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            + "Content-Disposition: attachment; filename=b.pdf\r\n\r\nSGVsbG8=\r\n--b--\r\n";
    Made made =
        ReceivingStage.message(Set.of())
            .with("Content-Type", "multipart/related; boundary=b; type=\"application/xml\"")
            .withBody(related.getBytes(StandardCharsets.US_ASCII));
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      Mdn mdn = ReceivingStage.mdn(stage.receive(made));

      String processed = "from-us/processed/";
      assertThat(stage.inbox())
          .contains(processed + "a." + id(made) + ".xml", processed + "b." + id(made) + "-2.pdf");
      assertThat(stage.octets(FilePath.parse("/inbox/" + processed + "b." + id(made) + "-2.pdf")))
          .asString()
          .isEqualTo("Hello");
      assertThat(
              mdn.mic()
                  .orElseThrow()
                  .states(
                      DigestAlgorithm.SHA256
                          .newDigest()
                          .digest(related.getBytes(StandardCharsets.US_ASCII))))
          .isTrue();
      assertThat(stage.record().path("files")).hasSize(2);
    }
  }
}
