package dev.as2.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.mime.CmsSignature.Verification.BadSignature;
import dev.as2.mime.CmsSignature.Verification.DigestMismatch;
import dev.as2.mime.CmsSignature.Verification.Verified;
import dev.as2.mime.Signer.RsaPadding;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithms that AWS has no names for, made by us and by OpenSSL, and opened by the other. */
@Tag("large")
@Timeout(120)
class CryptographyByOpensslTest {
  private static final Instant TIME = Instant.parse("2026-03-04T05:06:07Z");
  private static final int MAX = 1 << 20;
  private static final Map<String, RsaIdentity> IDENTITIES = new ConcurrentHashMap<>();

  @TempDir private Path folder;

  private static RsaIdentity identity(String kind) {
    return IDENTITIES.computeIfAbsent(kind, each -> RsaIdentity.ofKind("us", each));
  }

  /** One with another key of the same kind. */
  private static RsaIdentity stranger(String kind) {
    return IDENTITIES.computeIfAbsent("another " + kind, each -> RsaIdentity.ofKind("us", kind));
  }

  private byte[] openssl(RsaIdentity us, byte[] input, String options, String... arguments)
      throws Exception {
    Pem.write(folder.resolve("us.pem"), us.certificate());
    Pem.write(folder.resolve("us.key"), us.key());
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
    return new SignatureOracle(folder).run(input, all);
  }

  private static SignedEntity signed(
      RsaIdentity us, Entity inner, DigestAlgorithm digest, RsaPadding padding) {
    return new SignedEntity(
        new DigestTap(inner, Set.of(digest)),
        new Signer(us.key(), us.certificate(), digest, padding, true, true),
        new SignedEntity.Frame("the-boundary", digest.rfc5751Name(), TIME));
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3} {5}")
  @CsvFileSource(resources = "/vectors/signatures.csv", delimiter = '|', numLinesToSkip = 1)
  void verifiesWhatOpensslSigned(
      String section,
      String key,
      DigestAlgorithm digest,
      RsaPadding padding,
      String md,
      String options)
      throws Exception {
    byte[] content = "Content-Type: text/plain\r\n\r\nHello\r\n".getBytes(US_ASCII);
    RsaIdentity us = identity(key);
    byte[] der =
        md == null
            ? signedByBouncyCastle(us, content, digest)
            : openssl(
                us,
                content,
                options == null ? "" : options,
                "cms",
                "-sign",
                "-binary",
                "-outform",
                "DER",
                "-md",
                md,
                "-signer",
                "us.pem",
                "-inkey",
                "us.key");
    CmsSignature signature = CmsSignature.parse(der, MAX);

    assertThat(signature.digestAlgorithms()).as(section).containsExactly(digest);
    assertThat(verify(signature, content, us)).isEqualTo(new Verified(us.certificate()));
    content[content.length - 3] ^= 1;
    assertThat(verify(signature, content, us))
        .isInstanceOfAny(DigestMismatch.class, BadSignature.class);
    assertThat(verify(signature, content, stranger(key))).isNotInstanceOf(Verified.class);
  }

  /** What OpenSSL 3.0 verifies and does not sign. */
  private static byte[] signedByBouncyCastle(RsaIdentity us, byte[] content, DigestAlgorithm digest)
      throws Exception {
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSimpleSignerInfoGeneratorBuilder()
            .setProvider(new BouncyCastleProvider())
            .build(
                digest.jcaName() + (us.key() instanceof RSAKey ? "withRSAandMGF1" : "withECDSA"),
                us.key(),
                us.certificate()));
    return generator.generate(new CMSProcessableByteArray(content), false).getEncoded();
  }

  private static CmsSignature.Verification verify(
      CmsSignature signature, byte[] content, RsaIdentity us) {
    return signature.verify(d -> d.newDigest().digest(content), List.of(us.certificate()));
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3}")
  @CsvFileSource(resources = "/vectors/signatures.csv", delimiter = '|', numLinesToSkip = 1)
  void signsForOpensslAndTheSameAgain(
      String section, String key, DigestAlgorithm digest, RsaPadding padding) throws Exception {
    RsaIdentity us = identity(key);
    Entity inner = Entities.of("some text\r\nin lines".getBytes(US_ASCII));
    SignedEntity entity = signed(us, inner, digest, padding);
    byte[] body = Entities.body(entity);

    assertThat(entity.bodyLength()).as(section).hasValue(body.length);
    assertThat(Entities.body(signed(us, inner, digest, padding)))
        .as("by another instance")
        .isEqualTo(body);
    Files.write(folder.resolve("content"), Entities.octets(inner));
    byte[] signature = entity.made().orElseThrow().octets();
    assertThat(
            openssl(
                us,
                signature,
                "",
                "cms",
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
        .isEqualTo(Entities.octets(inner));
    assertThat(verify(CmsSignature.parse(signature, MAX), Entities.octets(inner), us))
        .isEqualTo(new Verified(us.certificate()));
  }

  /** Numbers of other lengths are drawn again, whatever the content is. */
  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void makesEcdsaSignaturesOfOneLength(String curve) throws Exception {
    RsaIdentity us = identity(curve);
    Set<String> different = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      Entity inner = Entities.of(new byte[i]);
      SignedEntity entity = signed(us, inner, DigestAlgorithm.SHA256, RsaPadding.PKCS1);
      byte[] body = Entities.body(entity);
      assertThat(entity.bodyLength()).hasValue(body.length);
      byte[] made = entity.made().orElseThrow().octets();
      different.add(java.util.HexFormat.of().formatHex(made));
      assertThat(verify(CmsSignature.parse(made, MAX), Entities.octets(inner), us))
          .isInstanceOf(Verified.class);
    }
    assertThat(different).hasSize(40);
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3} {5}")
  @CsvFileSource(resources = "/vectors/envelopes.csv", delimiter = '|', numLinesToSkip = 1)
  void opensWhatOpensslEncrypted(
      String section,
      ContentCipher cipher,
      KeyTransport transport,
      String key,
      String name,
      String options)
      throws Exception {
    RsaIdentity us = identity(key);
    byte[] content = Entities.noise(100_000);
    for (String form : List.of("-nosmimecap", "-stream")) {
      byte[] der =
          openssl(
              us,
              content,
              options == null ? "" : options,
              "cms",
              "-encrypt",
              "-binary",
              "-outform",
              "DER",
              form,
              name,
              "-recip",
              "us.pem");
      assertThat(opened(der, us)).as(section).isEqualTo(content);
    }
  }

  private static byte[] opened(byte[] encrypted, RsaIdentity us) throws Exception {
    try (InputStream in =
        EnvelopedInput.open(
            new ByteArrayInputStream(encrypted),
            List.of(new EnvelopedInput.Recipient(us.certificate(), us.key())))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3}")
  @CsvFileSource(resources = "/vectors/envelopes.csv", delimiter = '|', numLinesToSkip = 1)
  void encryptsForOpensslAndTheSameAgain(
      String section, ContentCipher cipher, KeyTransport transport, String key) throws Exception {
    RsaIdentity us = identity(key);
    ContentKey drawn =
        ContentKey.draw(cipher, transport, List.of(us.certificate()), new SecureRandom());
    for (int size : new int[] {0, 1, 100_000}) {
      Entity inner = Entities.of(Entities.noise(size));
      for (Entity each : List.of(inner, Entities.unmeasured(inner))) {
        byte[] body = Entities.body(new EncryptedEntity(each, drawn));
        ContentKey kept = ContentKey.decoded(drawn.encoded());

        assertThat(opened(body, us)).as(section).isEqualTo(Entities.octets(inner));
        assertThat(
                openssl(
                    us,
                    body,
                    "",
                    "cms",
                    "-decrypt",
                    "-binary",
                    "-inform",
                    "DER",
                    "-recip",
                    "us.pem",
                    "-inkey",
                    "us.key"))
            .isEqualTo(Entities.octets(inner));
        assertThat(Entities.body(new EncryptedEntity(each, kept))).isEqualTo(body);
      }
    }
  }
}
