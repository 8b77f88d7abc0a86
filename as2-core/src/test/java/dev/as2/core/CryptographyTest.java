package dev.as2.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.SendResult.Transfer;
import dev.as2.mime.Content;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import dev.as2.mime.RsaIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Algorithms that a connector chooses by options: packed, sealed, and received. */
class CryptographyTest {
  private static final URI URL = URI.create("https://partner.example/as2");
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] FILE = "UNB+UNOA:1+US+THEM'\r\n".repeat(5_000).getBytes(US_ASCII);
  private static final Map<String, RsaIdentity> IDENTITIES = new ConcurrentHashMap<>();

  @TempDir Path inbox;

  private record Case(RsaIdentity us, Connector connector, Registry registry) {
    static Case of(String key, Set<Layer> layers, Map<String, String> tags) {
      RsaIdentity us = IDENTITIES.computeIfAbsent(key, k -> RsaIdentity.ofKind("us", k));
      Connector connector =
          Trade.connector(URL, layers, tags, MdnSigningAlgorithm.DEFAULT, MdnResponse.SYNC);
      return new Case(us, connector, Trade.registry(connector, us));
    }

    SealedMessage sealed() throws As2Exception {
      Partnership partnership = Partnership.resolve(connector, registry, NOW);
      Seal seal = Seal.draw(MessageId.random(RANDOM), partnership, NOW, RANDOM);
      StoredFile file =
          new StoredFile(
              FilePath.parse("/outbox/orders.edi"), FILE.length, "v1", NOW, Optional.empty());
      Headers headers = message(partnership, seal, Headers.EMPTY).headers();
      return new SealedMessage(partnership, seal, file, "application/edifact", headers);
    }

    /** Read from what a journal would have kept. */
    SealedMessage again(SealedMessage sealed) throws As2Exception {
      Transfer transfer =
          new Transfer(
              new TransferId("a-transfer"),
              sealed.seal().messageId(),
              connector.id(),
              sealed.file().path(),
              NOW);
      return SealNote.read(SealNote.octets(sealed), transfer, registry);
    }

    static OutboundMessage message(SealedMessage sealed) {
      return message(sealed.partnership(), sealed.seal(), sealed.headers());
    }

    private static OutboundMessage message(Partnership partnership, Seal seal, Headers headers) {
      Payload payload = new Payload("orders.edi", "application/edifact", Content.of(FILE));
      return new OutboundMessage(
          partnership,
          seal,
          payload,
          headers.lines().isEmpty()
              ? OutboundHeaders.around(partnership, seal, "a subject", Headers.EMPTY)
              : layer -> headers);
    }

    As2Handler.Answer received(OutboundMessage message, Path inbox) throws IOException {
      return new Receiver(
              new Receiver.Party(
                  Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
              new Receiver.Sender(Trade.OUR_ID, List.of(us.certificate())),
              inbox,
              Clock.systemUTC())
          .handle(ScriptedClient.arrived("POST", message.headers(), octets(message)));
    }
  }

  private static byte[] octets(OutboundMessage message) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    message.writeBodyTo(body);
    return body.toByteArray();
  }

  private static Map<String, String> tags(
      String cipher, String digest, String transport, String scheme) {
    Map<String, String> tags = new HashMap<>();
    tags.put("as2:encryption-algorithm", cipher);
    tags.put("as2:signing-digest", digest);
    tags.put("as2:key-transport", transport);
    tags.put("as2:signature-scheme", scheme);
    return tags;
  }

  /** An empty cell of the file is null. */
  private static String text(@Nullable String cell) {
    return cell == null ? "" : cell;
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3} {4} {5}")
  @CsvFileSource(resources = "/vectors/cryptography.csv", delimiter = '|', numLinesToSkip = 1)
  void arrivesIsProvedAndIsRepeated(
      String section,
      String key,
      @Nullable String cipher,
      @Nullable String digest,
      String transport,
      String scheme)
      throws Exception {
    for (Set<Layer> layers :
        List.of(
            Set.of(Layer.SIGN, Layer.ENCRYPT), Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT))) {
      Case each = Case.of(key, layers, tags(text(cipher), text(digest), transport, scheme));
      SealedMessage sealed = each.sealed();
      OutboundMessage message = Case.message(sealed);
      byte[] octets = octets(message);

      message.bodyLength().ifPresent(length -> assertThat(length).isEqualTo(octets.length));
      assertThat(message.bodyLength().isPresent()).isEqualTo(!layers.contains(Layer.COMPRESS));
      assertThat(octets(Case.message(each.again(sealed))))
          .as("%s: by another process", section)
          .isEqualTo(octets);
      assertThat(message.headers().first("Content-Type").orElseThrow())
          .contains(cipher == null ? "smime-type=enveloped-data" : "smime-type=authEnveloped-data");
      assertProves(
          each.received(message, inbox),
          message,
          digest == null ? DigestAlgorithm.SHA256 : DigestAlgorithm.valueOf(digest));
      assertThat(Files.readAllBytes(inbox.resolve("orders.edi"))).isEqualTo(FILE);
    }
  }

  private static void assertProves(
      As2Handler.Answer answer, OutboundMessage message, DigestAlgorithm used) throws IOException {
    Mdn mdn = MdnReader.read(answer.headers(), answer.body()).orElseThrow();
    assertThat(mdn.dispositionField()).isEqualTo(Disposition.PROCESSED.toWire());
    assertThat(mdn.mic().orElseThrow().algorithm()).contains(used);
    assertThat(
            new Sent.Mics(message.micScope(), used, message.digests())
                .rightAlgorithm(mdn.mic().orElseThrow()))
        .contains(used);
    assertThat(
            mdn.signature().orElseThrow().verify(List.of(Trade.PARTNER.certificate())).toString())
        .contains("Verified");
  }

  /** The MDN's word for it, and no file. */
  @Test
  void storesNothingOfAMessageWhoseTagIsWrong() throws Exception {
    Case each = Case.of("RSA2048", Set.of(Layer.ENCRYPT), tags("AES256_GCM", "", "OAEP", "PKCS1"));
    OutboundMessage message = Case.message(each.sealed());
    byte[] octets = octets(message);
    octets[octets.length - 1] ^= 1;

    As2Handler.Answer answer =
        new Receiver(
                new Receiver.Party(
                    Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
                new Receiver.Sender(Trade.OUR_ID, List.of(each.us().certificate())),
                inbox,
                Clock.systemUTC())
            .handle(ScriptedClient.arrived("POST", message.headers(), octets));

    assertThat(MdnReader.read(answer.headers(), answer.body()).orElseThrow().dispositionField())
        .contains("decryption-failed");
    assertThat(inbox).isEmptyDirectory();
  }

  @Test
  void refusesAnAlgorithmForWhatIsSwitchedOff() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trade.connector(
                URL, Set.of(Layer.SIGN), Map.of("as2:encryption-algorithm", "AES256_GCM")))
        .withMessage("as2:encryption-algorithm names a cipher, and EncryptionAlgorithm is NONE");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trade.connector(URL, Set.of(Layer.ENCRYPT), Map.of("as2:signing-digest", "SHA3_256")))
        .withMessage("as2:signing-digest names a digest, and SigningAlgorithm is NONE");
  }

  @Test
  void takesOnlyAwsAlgorithmsInAwsMembers() {
    As2Config as2 = Trade.connector(URL).as2();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new As2Config(
                as2.localProfileId(),
                as2.partnerProfileId(),
                as2.messageSubject(),
                as2.compression(),
                as2.encryptionAlgorithm(),
                Optional.of(DigestAlgorithm.SHA3_256),
                as2.mdnSigningAlgorithm(),
                as2.mdnResponse(),
                as2.preserveContentType(),
                Optional.empty()))
        .withMessage(
            "SigningAlgorithm is SHA3_256, which only the option as2:signing-digest may be");
  }
}
