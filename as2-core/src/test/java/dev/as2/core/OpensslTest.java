package dev.as2.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorOptions.LayerOrder;
import dev.as2.mime.Content;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import dev.as2.mime.IncomingEntity;
import dev.as2.mime.Pem;
import dev.as2.mime.SignatureOracle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.CompressedData;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL opens what we pack, layer by layer, and we receive what OpenSSL packs. */
class OpensslTest {
  private static final byte[] FILE =
      "UNB+UNOA:1+US+THEM'\r\nbare\nlines\rand \0 octets'".repeat(2_000).getBytes(ISO_8859_1);
  private static final String HEADERS =
      "Content-Type: application/edifact\r\n"
          + "Content-Transfer-Encoding: binary\r\n"
          + "Content-Disposition: attachment; filename=\"850.edi\"\r\n\r\n";

  @TempDir Path folder;

  @BeforeEach
  void writeKeys() throws Exception {
    Pem.write(folder.resolve("us.pem"), Trade.US.certificate());
    Pem.write(folder.resolve("us.key"), Trade.US.key());
    Pem.write(folder.resolve("partner.pem"), Trade.PARTNER.certificate());
    Pem.write(folder.resolve("partner.key"), Trade.PARTNER.key());
  }

  private byte[] openssl(byte[] input, String... arguments) throws Exception {
    return new SignatureOracle(folder).run(input, List.of(arguments));
  }

  static Stream<Arguments> permutations() {
    List<Arguments> cases = new ArrayList<>();
    int turn = 0;
    for (Map.Entry<Set<Layer>, LayerOrder> each : Trade.permutations()) {
      for (int i = 0; i < 4; i++, turn++) {
        ContentCipher cipher = ContentCipher.values()[turn % 4];
        DigestAlgorithm digest = DigestAlgorithm.values()[(turn + turn / 4) % 4];
        cases.add(Arguments.of(each.getKey(), each.getValue(), cipher, digest));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @MethodSource("permutations")
  void opensWhatWePack(
      Set<Layer> layers, LayerOrder order, ContentCipher cipher, DigestAlgorithm digest)
      throws Exception {
    OutboundMessage message = message(connector(layers, order, cipher, digest));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    message.writeBodyTo(body);
    List<Layer> outermostFirst = new ArrayList<>(message.layers());
    Collections.reverse(outermostFirst);

    byte[] entity = concat(contentHeaders(message), body.toByteArray());
    for (Layer layer : outermostFirst) {
      entity = open(layer, IncomingEntity.read(new ByteArrayInputStream(entity), 10_000));
    }
    assertThat(new String(entity, ISO_8859_1)).isEqualTo(HEADERS + new String(FILE, ISO_8859_1));
  }

  private byte[] open(Layer layer, IncomingEntity entity) throws Exception {
    byte[] body = entity.body().readAllBytes();
    return switch (layer) {
      case ENCRYPT -> decrypted(body);
      case SIGN -> verified(entity.parameter("boundary").orElseThrow(), body);
      case COMPRESS -> inflated(body);
    };
  }

  private byte[] decrypted(byte[] body) throws Exception {
    byte[] content =
        openssl(
            body,
            "cms",
            "-decrypt",
            "-inform",
            "DER",
            "-binary",
            "-recip",
            "partner.pem",
            "-inkey",
            "partner.key");
    assertThat(
            openssl(
                body,
                "smime",
                "-decrypt",
                "-inform",
                "DER",
                "-binary",
                "-recip",
                "partner.pem",
                "-inkey",
                "partner.key"))
        .isEqualTo(content);
    return content;
  }

  private byte[] verified(String boundary, byte[] body) throws Exception {
    String text = new String(body, ISO_8859_1);
    String[] parts =
        text.split("(\\r\\n)?--" + java.util.regex.Pattern.quote(boundary) + "(--)?\\r\\n", -1);
    assertThat(parts).hasSize(4);
    Files.writeString(folder.resolve("content"), parts[1], ISO_8859_1);
    byte[] signature = parts[2].substring(parts[2].indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
    for (String command : List.of("cms", "smime")) {
      assertThat(
              openssl(
                  signature,
                  command,
                  "-verify",
                  "-binary",
                  "-inform",
                  "DER",
                  "-content",
                  "content",
                  "-CAfile",
                  "us.pem",
                  "-purpose",
                  "any"))
          .asString(ISO_8859_1)
          .isEqualTo(parts[1]);
    }
    return parts[1].getBytes(ISO_8859_1);
  }

  private static byte[] inflated(byte[] body) throws Exception {
    CompressedData data = CompressedData.getInstance(ContentInfo.getInstance(body).getContent());
    byte[] zlib = ASN1OctetString.getInstance(data.getEncapContentInfo().getContent()).getOctets();
    return new InflaterInputStream(new ByteArrayInputStream(zlib)).readAllBytes();
  }

  private static byte[] contentHeaders(Entity message) {
    StringBuilder block = new StringBuilder();
    message.headers().lines().stream()
        .filter(h -> h.name().startsWith("Content-"))
        .forEach(h -> block.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    return block.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static Connector connector(
      Set<Layer> layers, LayerOrder order, ContentCipher cipher, DigestAlgorithm digest) {
    Connector connector =
        Trade.connector(
            URI.create("https://partner.example/as2"),
            layers,
            Map.of("as2:layer-order", order.name()));
    As2Config as2 = connector.as2();
    return new Connector(
        connector.id(),
        connector.url(),
        new As2Config(
            as2.localProfileId(),
            as2.partnerProfileId(),
            as2.messageSubject(),
            as2.compression(),
            as2.encryptionAlgorithm().map(any -> cipher),
            as2.signingAlgorithm().map(any -> digest),
            as2.mdnSigningAlgorithm(),
            as2.mdnResponse(),
            as2.preserveContentType(),
            Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        connector.tags());
  }

  private static OutboundMessage message(Connector connector) throws As2Exception {
    Instant now = Instant.now();
    Partnership partnership = Partnership.resolve(connector, Trade.registry(connector), now);
    SecureRandom random = new SecureRandom();
    Seal seal = Seal.draw(MessageId.random(random), partnership, now, random);
    Payload payload = new Payload("850.edi", "application/edifact", Content.of(FILE));
    return new OutboundMessage(
        partnership,
        seal,
        payload,
        OutboundHeaders.around(partnership, seal, "a subject", Headers.EMPTY));
  }

  static Stream<Arguments> packedByOpenssl() {
    return Stream.of("-aes128", "-aes192", "-aes256", "-des3")
        .flatMap(cipher ->
            Stream.of("sha1", "sha256", "sha384", "sha512")
                .map(digest -> Arguments.of(cipher, digest)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("packedByOpenssl")
  void packsWhatWeReceive(String cipher, String digest) throws Exception {
    byte[] entity = (HEADERS + "some text\r\nand more").getBytes(ISO_8859_1);
    byte[] signed =
        openssl(
            entity, "smime", "-sign", "-binary", "-md", digest, "-signer", "us.pem", "-inkey",
            "us.key");
    byte[] encrypted =
        openssl(
            signed,
            "cms",
            "-encrypt",
            "-stream",
            "-binary",
            "-outform",
            "DER",
            cipher,
            "partner.pem");
    try (ReceivingStage stage =
        new ReceivingStage(Files.createDirectory(folder.resolve("spool")))) {
      As2Handler.Answer answer =
          stage.runtime.handle(ScriptedClient.arrived("POST", headers(), encrypted));

      Reception reception = stage.reception();
      assertThat(reception.failure()).isEmpty();
      assertThat(reception.content().layers()).containsExactlyInAnyOrder("encrypted", "signed");
      Reception.ReceivedFile file = reception.content().files().get(0);
      assertThat(new String(stage.octets(file.path()), ISO_8859_1))
          .isEqualTo("some text\r\nand more");
      assertThat(file.senderName()).contains("850.edi");
      DigestAlgorithm used = DigestAlgorithm.named(digest).orElseThrow();
      Mdn mdn = ReceivingStage.mdn(answer);
      assertThat(mdn.disposition().isPositive()).isTrue();
      assertThat(mdn.mic().orElseThrow().states(used.newDigest().digest(entity))).isTrue();
    }
  }

  private static Headers headers() {
    return Headers.of(
        "AS2-From",
        Trade.OUR_ID.toHeader(),
        "AS2-To",
        ReceivingStage.RECEIVER.toHeader(),
        "Message-ID",
        MessageId.random(new SecureRandom()).toHeader(),
        "Disposition-Notification-To",
        "us@example.com",
        "Content-Type",
        "application/pkcs7-mime; smime-type=enveloped-data");
  }
}
