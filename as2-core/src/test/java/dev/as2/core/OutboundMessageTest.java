package dev.as2.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.ConnectorOptions.LayerOrder;
import dev.as2.mime.Content;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Entities;
import dev.as2.mime.Headers;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.CompressedData;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers, layers and MICs of a message (RFC 4130 §6, §7.3; RFC 5402 §4). */
class OutboundMessageTest {
  private static final URI URL = URI.create("https://partner.example/as2");
  private static final Instant NOW = Instant.parse("2026-11-05T03:04:05.678Z");
  private static final byte[] FILE = "UNB+UNOA:1'".getBytes(ISO_8859_1);

  private static OutboundMessage message(
      Set<Layer> layers, MdnSigningAlgorithm mdn, MdnResponse response, String... tags)
      throws As2Exception {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < tags.length; i += 2) {
      all.put(tags[i], tags[i + 1]);
    }
    Connector connector = Trade.connector(URL, layers, all, mdn, response);
    Partnership partnership =
        Partnership.resolve(connector, Trade.registry(connector), Instant.now());
    Seal drawn = Seal.draw(new MessageId("an-id@here"), partnership, NOW, new SecureRandom());
    Seal seal = new Seal(drawn.messageId(), drawn.date(), "as2-boundary", drawn.contentKey());
    Payload payload = new Payload("850.edi", "application/edifact", Content.of(FILE));
    return new OutboundMessage(
        partnership,
        seal,
        payload,
        OutboundHeaders.around(partnership, seal, "a subject", Headers.EMPTY));
  }

  private static String block(OutboundMessage message) {
    return new String(message.headers().toBytes(), ISO_8859_1);
  }

  private static final String COMMON =
      """
      AS2-Version: 1.1
      AS2-From: MyCompany_OID
      AS2-To: "Partner A, \\"Inc.\\""
      Message-ID: <an-id@here>
      Date: Thu, 05 Nov 2026 03:04:05 GMT
      Subject: a subject
      MIME-Version: 1.0
      User-Agent: %s
      """
          .formatted(OutboundHeaders.PRODUCT);

  @Test
  void beginsWithEveryHeaderInItsForm() throws Exception {
    String expected =
        COMMON
            + """
            Disposition-Notification-To: mdn@as2.invalid
            Disposition-Notification-Options: signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha-256
            Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="as2-boundary"

            """;
    assertThat(block(message(Set.of(Layer.SIGN), MdnSigningAlgorithm.SHA256, MdnResponse.SYNC)))
        .isEqualTo(expected.replace("\n", "\r\n"));
  }

  @Test
  void asksForNothingWhereNoMdnIsWanted() throws Exception {
    String expected =
        COMMON
            + """
            Content-Type: application/edifact
            Content-Transfer-Encoding: binary
            Content-Disposition: attachment; filename="850.edi"

            """;
    assertThat(block(message(Set.of(), MdnSigningAlgorithm.SHA256, MdnResponse.NONE)))
        .isEqualTo(expected.replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SIGN | NONE    | RFC5751 | signed-receipt-micalg=optional, sha-256",
        "     | NONE    | RFC5751 | signed-receipt-micalg=optional, sha-256",
        "     | DEFAULT | RFC5751 | signed-receipt-micalg=optional, sha-256",
        "SIGN | DEFAULT | RFC5751 | P; signed-receipt-micalg=optional, sha-256",
        "SIGN | DEFAULT | RFC3851 | P; signed-receipt-micalg=optional, sha256",
        "SIGN | SHA1    | RFC5751 | P; signed-receipt-micalg=optional, sha1",
        "SIGN | SHA1    | RFC3851 | P; signed-receipt-micalg=optional, sha1",
        "     | SHA384  | RFC5751 | P; signed-receipt-micalg=optional, sha-384",
        "SIGN | SHA512  | RFC3851 | P; signed-receipt-micalg=optional, sha512"
      })
  void asksForTheMdnThatIsWanted(
      String layer, MdnSigningAlgorithm mdn, String spelling, String options) throws Exception {
    Set<Layer> layers = layer == null ? Set.of() : Set.of(Layer.valueOf(layer));
    OutboundMessage message =
        message(layers, mdn, MdnResponse.SYNC, "as2:micalg-spelling", spelling);
    assertThat(message.headers().first("Disposition-Notification-Options"))
        .contains(options.replace("P;", "signed-receipt-protocol=optional, pkcs7-signature;"));
    assertThat(message.headers().first("Disposition-Notification-To")).isPresent();
  }

  @Test
  void writesExtraHeadersAndLetsASubjectReplaceItsOwn() throws Exception {
    OutboundMessage message =
        message(
            Set.of(),
            MdnSigningAlgorithm.NONE,
            MdnResponse.NONE,
            "as2:header:Subject",
            "another",
            "as2:header:X-Extra",
            "1");
    assertThat(message.headers().joined("Subject")).contains("another");
    assertThat(message.headers().first("X-Extra")).contains("1");
  }

  @ParameterizedTest
  @CsvSource({"1, 0x7801", "6, 0x789C", "9, 0x78DA"})
  void compressesAsHardAsTheConnectorSays(String level, String header) throws Exception {
    OutboundMessage message =
        message(
            Set.of(Layer.COMPRESS),
            MdnSigningAlgorithm.NONE,
            MdnResponse.NONE,
            "as2:compression-level",
            level);
    byte[] zlib =
        ASN1OctetString.getInstance(
                CompressedData.getInstance(
                        ContentInfo.getInstance(Entities.body(message)).getContent())
                    .getEncapContentInfo()
                    .getContent())
            .getOctets();
    assertThat((zlib[0] & 0xFF) << 8 | zlib[1] & 0xFF).isEqualTo(Integer.decode(header));
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/vectors/mic-scope.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      emptyValue = "")
  void takesTheMicOverWhatTheStandardsSay(
      String source, String layers, LayerOrder order, MicScope scope) throws Exception {
    Set<Layer> set =
        Arrays.stream(Optional.ofNullable(layers).orElse("").split(" "))
            .filter(l -> !l.isEmpty())
            .map(Layer::valueOf)
            .collect(Collectors.toSet());
    OutboundMessage message =
        message(
            set,
            MdnSigningAlgorithm.SHA256,
            MdnResponse.SYNC,
            "as2:layer-order",
            order.name(),
            "as2:accepted-mics",
            "NOTHING");
    Entities.body(message);

    assertThat(message.micScope()).isEqualTo(scope);
    byte[] entity =
        ("Content-Type: application/edifact\r\nContent-Transfer-Encoding: binary\r\n"
                + "Content-Disposition: attachment; filename=\"850.edi\"\r\n\r\nUNB+UNOA:1'")
            .getBytes(ISO_8859_1);
    assertThat(sha256(message, MicScope.PAYLOAD_ENTITY)).isEqualTo(sha256(entity));
    assertThat(sha256(message, MicScope.PAYLOAD_CONTENT)).isEqualTo(sha256(FILE));
    if (set.contains(Layer.COMPRESS)) {
      assertThat(sha256(message, MicScope.COMPRESSED_ENTITY))
          .isNotEqualTo(sha256(message, MicScope.COMPRESSED_CONTENT));
    }
  }

  private static byte[] sha256(byte[] octets) {
    return DigestAlgorithm.SHA256.newDigest().digest(octets);
  }

  private static byte[] sha256(OutboundMessage message, MicScope scope) {
    byte[] digest = message.digests().getOrDefault(scope, Map.of()).get(DigestAlgorithm.SHA256);
    return java.util.Objects.requireNonNull(digest, scope::name);
  }

  @Test
  void hasItsLayersInTheOrderThatTheConnectorSays() {
    As2Config all = Trade.connector(URL).as2();
    assertThat(Layer.order(all, LayerOrder.COMPRESS_FIRST))
        .containsExactly(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT);
    assertThat(Layer.order(all, LayerOrder.SIGN_FIRST))
        .containsExactly(Layer.SIGN, Layer.COMPRESS, Layer.ENCRYPT);
    for (var each : Trade.permutations()) {
      As2Config as2 = Trade.connector(URL, each.getKey(), Map.of()).as2();
      assertThat(Layer.order(as2, each.getValue()))
          .containsExactlyInAnyOrderElementsOf(each.getKey());
    }
  }

  @Test
  void hasNoDigestsOfAWriteThatBroke() throws Exception {
    OutboundMessage message =
        message(
            Set.of(), MdnSigningAlgorithm.NONE, MdnResponse.SYNC, "as2:accepted-mics", "NOTHING");
    assertThat(message.digests()).containsOnlyKeys(MicScope.NOTHING);
    Entities.body(message);
    assertThat(message.digests()).containsKey(MicScope.PAYLOAD_CONTENT);
  }

  @Test
  void takesTheRightDigestWithItsWriteAndTheOthersOnDemand() throws Exception {
    for (var layers : Trade.permutations()) {
      OutboundMessage message =
          message(
              layers.getKey(),
              MdnSigningAlgorithm.SHA512,
              MdnResponse.SYNC,
              "as2:layer-order",
              layers.getValue().name());
      Entities.body(message);
      OutboundMessage thorough =
          message(
              layers.getKey(),
              MdnSigningAlgorithm.SHA512,
              MdnResponse.SYNC,
              "as2:layer-order",
              layers.getValue().name(),
              "as2:accepted-mics",
              "NOTHING");
      Entities.body(thorough);

      Map<MicScope, Map<DigestAlgorithm, byte[]>> taken = message.digests();
      Map<MicScope, Map<DigestAlgorithm, byte[]>> known = message.knownDigests();
      taken.forEach((scope, digests) -> {
        assertThat(digests.isEmpty())
            .as("%s of %s", scope, layers)
            .isEqualTo(scope != message.micScope());
        digests.forEach(
            (algorithm, digest) -> assertThat(known.get(scope)).containsEntry(algorithm, digest));
      });
      assertThat(known.keySet()).isEqualTo(thorough.digests().keySet());
      known.forEach((scope, digests) ->
          assertThat(digests).usingRecursiveComparison().isEqualTo(thorough.digests().get(scope)));
    }
  }

  @Test
  void datesItselfAsHttpDoes() {
    assertThat(HttpDate.of(Instant.parse("1994-11-06T08:49:37Z")))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }
}
