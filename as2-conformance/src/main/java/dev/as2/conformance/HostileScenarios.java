package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

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
import java.util.stream.Stream;

/** Messages that attack a receiver by what is in them. */
final class HostileScenarios {
  private static final int MIB = 1 << 20;

  private HostileScenarios() {}

  static List<Scenario> all() {
    return Stream.of(sizes(), structures(), names()).flatMap(List::stream).toList();
  }

  private static List<Scenario> sizes() {
    return List.of(
        scenario("hostile-bomb")
            .play(stage ->
                refused(
                    stage,
                    bomb(stage, 64, Layer.COMPRESS, Layer.COMPRESS),
                    "that is compressed twice")),
        scenario("hostile-large-expansion")
            .play(stage -> survived(stage, bomb(stage, 128, Layer.COMPRESS))),
        scenario("hostile-nested-layers")
            .play(stage ->
                refused(
                    stage,
                    stage.bench().draft().layers(Collections.nCopies(50, Layer.COMPRESS)),
                    "of fifty layers")),
        scenario("hostile-10000-parts")
            .play(stage ->
                refused(
                    stage,
                    stage.bench().draft().layers(Layer.SIGN).altered(Layer.SIGN, parts(10_000)),
                    "whose multipart/signed has ten thousand parts")),
        scenario("hostile-nested-multiparts")
            .play(stage -> survived(stage, nested(stage.bench().draft(), 1000))),
        scenario("hostile-part-header")
            .play(stage ->
                survived(stage, stage.bench().draft().part("X-Long", "x".repeat(4 * MIB)))));
  }

  private static List<Scenario> structures() {
    return List.of(
        scenario("hostile-asn1-length")
            .play(stage ->
                refused(
                    stage,
                    envelope(stage, new byte[] {0x30, (byte) 0x84, 0x7F, -1, -1, -1, 6, 9}),
                    "whose ASN.1 announces two GiB")),
        scenario("hostile-asn1-depth")
            .play(
                stage -> refused(stage, envelope(stage, deep(50_000)), "of deeply nested ASN.1")));
  }

  private static List<Scenario> names() {
    return List.of(
        scenario("hostile-file-name-path")
            .play(stage ->
                survived(
                    stage, stage.bench().draft().fileName("../../../../tmp/as2-conformance.edi"))),
        scenario("hostile-file-name-device")
            .play(stage ->
                survived(stage, stage.bench().draft().fileName("CON:|<>?*" + "x".repeat(300)))),
        scenario("hostile-message-id-path")
            .play(stage ->
                survived(
                    stage,
                    stage
                        .bench()
                        .draft()
                        .headers(h ->
                            h.with(
                                "Message-ID",
                                h.first("Message-ID")
                                    .orElse("")
                                    .replace("<", "<../../../../tmp/"))))));
  }

  private static Draft bomb(Stage stage, int mebibytes, Layer... layers) {
    return stage
        .bench()
        .draft()
        .layers(layers)
        .withoutWrongMics()
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
    return Alteration.body(octets -> {
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
      body.append(
          "--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n".formatted(i, i + 1));
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
      return List.of(
          new Finding("The endpoint accepted a message " + what + ".", "RFC 5402 §3, RFC 4130 §9"));
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
    return Review.of(bench.send(bench.draft()), bench.endpoint().them()).good().findings().stream()
        .map(finding ->
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
