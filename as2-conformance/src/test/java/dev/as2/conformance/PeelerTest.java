package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.Layer;
import dev.as2.core.MessageId;
import dev.as2.core.MicMatch;
import dev.as2.core.MicScope;
import dev.as2.core.TransportOptions;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.EnvelopedInput.Recipient;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeelerTest {
  private static final Endpoint ENDPOINT =
      new Endpoint(
          URI.create("http://localhost/as2"),
          TestParties.US,
          TestParties.partner(TestParties.THEM),
          TransportOptions.DEFAULT);

  private static Draft draft() {
    return new Draft(ENDPOINT, new MessageId("orders-1@us"));
  }

  private static Parcel pack(Draft draft) throws Exception {
    return Packer.pack(draft, Instant.parse("2026-01-02T03:04:05Z"), new SecureRandom());
  }

  private static byte[] wire(Parcel parcel) throws Exception {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes("POST /as2 HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
    wire.writeBytes(parcel.headers().toBytes());
    wire.writeBytes(parcel.body());
    return wire.toByteArray();
  }

  private static Peeled peel(Parcel parcel) throws Exception {
    return new Peeler(
            List.of(new Recipient(TestParties.THEM.certificate(), TestParties.THEM.key())),
            List.of(TestParties.US.certificate()))
        .peel(Capture.of(wire(parcel)));
  }

  @Test
  void findsEachLayerAndTheRightMic() throws Exception {
    Parcel parcel = pack(draft().layers(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT));

    Peeled peeled = peel(parcel);

    assertThat(peeled.faults()).isEmpty();
    assertThat(peeled.layers())
        .extracting(PeeledLayer::name)
        .containsExactly("encrypted", "signed", "compressed", "payload");
    assertThat(peeled.micScope()).isEqualTo(MicScope.COMPRESSED_ENTITY);
    assertThat(parcel.mics().match(peeled.mic(DigestAlgorithm.SHA1)))
        .isEqualTo(new MicMatch.Right(false));
    assertThat(peeled.layers().get(0).facts())
        .anyMatch(fact -> fact.startsWith("It is encrypted to the certificate of issuer CN=them"));
  }

  @Test
  void goesOnWhereASignatureDoesNotHold() throws Exception {
    Draft tampered =
        draft()
            .altered(
                Layer.SIGN,
                Alteration.body(octets ->
                    new String(octets, StandardCharsets.ISO_8859_1)
                        .replace("4711", "4712")
                        .getBytes(StandardCharsets.ISO_8859_1)));

    Peeled peeled = peel(pack(tampered));

    assertThat(peeled.faults())
        .containsExactly(
            "The signature does not hold: what it is over has another digest than the signed one.");
    assertThat(peeled.layers()).extracting(PeeledLayer::name).endsWith("signed", "payload");
  }

  @Test
  void saysToWhomAMessageIsEncryptedThatNobodyHereCanRead() throws Exception {
    Peeled peeled = peel(pack(draft().encryptedTo(TestParties.US.certificate())));

    assertThat(peeled.faults()).hasSize(1);
    assertThat(peeled.faults().get(0))
        .startsWith("It cannot be decrypted: the message is encrypted to issuer CN=us");
  }

  @Test
  void showsTheFieldsOfAnMdn() throws Exception {
    Reply reply =
        new MdnDraft(
                TestParties.THEM,
                TestParties.US.as2Id(),
                "<orders-1@us>",
                Optional.empty(),
                Instant.parse("2026-01-02T03:04:05Z"))
            .signed(true)
            .disposition("processed/error: decryption-failed")
            .reply();
    Capture capture = new Capture("HTTP/1.1 200 OK", reply.headers(), reply.body());

    Peeled peeled = new Peeler(List.of(), List.of(TestParties.THEM.certificate())).peel(capture);

    assertThat(peeled.faults()).isEmpty();
    assertThat(text(capture, peeled))
        .contains("It is an MDN:")
        .contains("Disposition: automatic-action/MDN-sent-automatically; processed/error")
        .endsWith("Nothing is wrong with it.\n");
    assertThat(ReplayHtml.of("mdn", capture, peeled)).contains("Original-Message-ID");
  }

  @Test
  void readsChunksAndWhatHasNone() throws Exception {
    String head = "POST / HTTP/1.1\r\nAS2-From: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    assertThat(capture(head + "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\n\r\n")).isEqualTo("hello!");
    assertThat(capture(head + "not in chunks")).isEqualTo("not in chunks");
    assertThat(capture("Content-Type: text/plain\r\n\r\nbody")).isEqualTo("body");
  }

  private static String capture(String text) throws Exception {
    return new String(
        Capture.of(text.getBytes(StandardCharsets.ISO_8859_1)).body(), StandardCharsets.ISO_8859_1);
  }

  private static String text(Capture capture, Peeled peeled) {
    StringWriter text = new StringWriter();
    ReplayText.print(capture, peeled, new PrintWriter(text));
    return text.toString();
  }
}
