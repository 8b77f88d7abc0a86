package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.conformance.Scenario.Draw;
import dev.as2.core.As2Exception;
import dev.as2.core.Layer;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Messages that attack a receiver by what is in them. */
final class HostileScenarios {
  private static final String BOUNDED = "RFC 4130 §9, RFC 8551 §6";
  private static final int MIB = 1 << 20;

  private HostileScenarios() {}

  static List<Scenario> all() {
    return List.of(
        draw("hostile-bomb", "A compression bomb", "RFC 5402 §3")
            .sends("64 MiB of zeros, compressed twice to a few hundred octets")
            .expects("it is refused: compression is used once")
            .play(stage -> refused(stage, bomb(stage, 64, Layer.COMPRESS, Layer.COMPRESS), "that is compressed twice")),
        draw("hostile-large-expansion", "A message that unpacks to a thousand times its size", BOUNDED)
            .sends("128 MiB of zeros, compressed to 128 KiB")
            .expects("it is taken or refused, and the endpoint goes on")
            .play(stage -> survived(stage, bomb(stage, 128, Layer.COMPRESS))),
        draw("hostile-nested-layers", "Fifty layers inside each other", "RFC 5402 §3")
            .sends("a message that is compressed fifty times")
            .expects("it is refused")
            .play(
                stage ->
                    refused(
                        stage,
                        stage.bench().draft().layers(Collections.nCopies(50, Layer.COMPRESS)),
                        "of fifty layers")),
        draw("hostile-10000-parts", "Ten thousand parts", BOUNDED)
            .sends("multipart/signed with ten thousand parts")
            .expects("it is refused")
            .play(
                stage ->
                    refused(
                        stage,
                        stage.bench().draft().layers(Layer.SIGN).altered(Layer.SIGN, parts(10_000)),
                        "whose multipart/signed has ten thousand parts")),
        draw("hostile-nested-multiparts", "A thousand multiparts inside each other", BOUNDED)
            .sends("a payload of a thousand nested multipart/mixed")
            .expects("an answer, and the endpoint goes on")
            .play(stage -> survived(stage, nested(stage.bench().draft(), 1000))),
        draw("hostile-part-header", "A part with a header of four MiB", BOUNDED)
            .sends("an encrypted message whose part has a header of four MiB")
            .expects("an answer, and the endpoint goes on")
            .play(
                stage ->
                    survived(stage, stage.bench().draft().part("X-Long", "x".repeat(4 * MIB)))),
        draw("hostile-asn1-length", "An ASN.1 structure that says it has two GiB", BOUNDED)
            .sends("an enveloped-data of a few octets that announces two GiB")
            .expects("processed/error: decryption-failed")
            .play(
                stage ->
                    refused(
                        stage,
                        envelope(stage, new byte[] {0x30, (byte) 0x84, 0x7F, -1, -1, -1, 6, 9}),
                        "whose ASN.1 announces two GiB")),
        draw("hostile-asn1-depth", "ASN.1 nested fifty thousand deep", BOUNDED)
            .sends("an enveloped-data of sequences inside sequences")
            .expects("processed/error: decryption-failed")
            .play(stage -> refused(stage, envelope(stage, deep(50_000)), "of deeply nested ASN.1")),
        draw("hostile-file-name-path", "A file name that is a path", "RFC 2183 §5")
            .sends("filename=\"../../../../tmp/as2-conformance.edi\"")
            .expects("the message is taken under a harmless name, or refused")
            .play(
                stage ->
                    survived(
                        stage,
                        stage.bench().draft().fileName("../../../../tmp/as2-conformance.edi"))),
        draw("hostile-file-name-device", "A file name that no file system takes", "RFC 2183 §5")
            .sends("filename=\"CON:|<>?*\" and 300 characters more")
            .expects("the message is taken under a harmless name, or refused")
            .play(
                stage ->
                    survived(stage, stage.bench().draft().fileName("CON:|<>?*" + "x".repeat(300)))),
        draw("hostile-message-id-path", "A Message-ID that is a path", "RFC 4130 §5.3.3")
            .sends("Message-ID: <../../../../tmp/...>")
            .expects("an answer, and the endpoint goes on")
            .play(
                stage ->
                    survived(
                        stage,
                        stage
                            .bench()
                            .draft()
                            .headers(
                                h ->
                                    h.with(
                                        "Message-ID",
                                        h.first("Message-ID")
                                            .orElse("")
                                            .replace("<", "<../../../../tmp/"))))));
  }

  static Draw draw(String id, String title, String source) {
    return scenario(id, title, source).in(Profile.HOSTILE);
  }

  private static Draft bomb(Stage stage, int mebibytes, Layer... layers) {
    return stage
        .bench()
        .draft()
        .layers(layers)
        .altered(part -> new ContentEntity(part.headers(), zeros((long) mebibytes * MIB)));
  }

  private static Content zeros(long length) {
    return new Content() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() {
        return new Zeros(length);
      }
    };
  }

  /** So many zeros. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int n = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + n, (byte) 0);
      left -= n;
      return n;
    }
  }

  private static Alteration parts(int count) {
    return Alteration.body(
        octets -> {
          String body = new String(octets, StandardCharsets.ISO_8859_1);
          String boundary = body.substring(0, body.indexOf("\r\n"));
          return ((boundary + "\r\nContent-Type: text/plain\r\n\r\nx\r\n").repeat(count)
                  + boundary
                  + "--\r\n")
              .getBytes(StandardCharsets.ISO_8859_1);
        });
  }

  private static Draft nested(Draft draft, int depth) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      body.append("--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n".formatted(i, i + 1));
    }
    return draft.payload(body.toString()).part("Content-Type", "multipart/mixed; boundary=b0");
  }

  private static Draft envelope(Stage stage, byte[] octets) {
    return stage.bench().draft().altered(Layer.ENCRYPT, Alteration.body(body -> octets));
  }

  private static byte[] deep(int levels) {
    byte[] octets = new byte[2 * levels];
    for (int i = 0; i < levels; i++) {
      octets[2 * i] = 0x30;
      octets[2 * i + 1] = (byte) 0x80;
    }
    return octets;
  }

  private static List<Finding> refused(Stage stage, Draft draft, String what) throws IOException {
    Exchange exchange = stage.bench().send(draft);
    if (isPositive(exchange)) {
      return List.of(new Finding("The endpoint accepted a message " + what + ".", "RFC 5402 §3, RFC 4130 §9"));
    }
    return stillServes(stage);
  }

  private static List<Finding> survived(Stage stage, Draft draft) throws IOException {
    stage.bench().send(draft);
    return stillServes(stage);
  }

  static boolean isPositive(Exchange exchange) {
    try {
      return exchange.mdn().filter(mdn -> mdn.disposition().isPositive()).isPresent();
    } catch (As2Exception e) {
      return false; // no MDN that could say yes
    }
  }

  /** A good message is accepted afterwards. */
  static List<Finding> stillServes(Stage stage) throws IOException {
    Bench bench = stage.bench();
    return Review.of(bench.send(bench.draft()), bench.endpoint().them())
        .good()
        .findings()
        .stream()
        .map(
            finding ->
                new Finding(
                    "Afterwards the endpoint does not take a good message any more: "
                        + finding.sentence(),
                    finding.source()))
        .toList();
  }

  /** A finding where something is so. */
  static Optional<Finding> where(boolean so, String sentence, String source) {
    return so ? Optional.of(new Finding(sentence, source)) : Optional.empty();
  }
}
