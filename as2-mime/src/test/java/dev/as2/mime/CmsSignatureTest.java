package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.mime.CmsSignature.Verification;
import dev.as2.mime.CmsSignature.Verification.BadSignature;
import dev.as2.mime.CmsSignature.Verification.DigestMismatch;
import dev.as2.mime.CmsSignature.Verification.NoMatchingCertificate;
import dev.as2.mime.CmsSignature.Verification.Verified;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERTaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenSSL signs is verified, and nothing else is (RFC 5652 §5). */
@Timeout(120)
final class CmsSignatureTest {
  private static final int MAX = 1 << 20;
  private static final byte[] CONTENT =
      "Content-Type: text/plain\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir private static Path folder;
  private static SignatureOracle openssl;
  private static X509Certificate partner;
  private static X509Certificate other;

  @BeforeAll
  static void makeSigners() throws IOException, InterruptedException {
    openssl = new SignatureOracle(folder);
    partner = openssl.newSigner("partner", 2048);
    other = openssl.newSigner("other", 2048);
  }

  @ParameterizedTest
  @CsvSource({
    "sha1, SHA1, ''",
    "sha256, SHA256, ''",
    "sha384, SHA384, ''",
    "sha512, SHA512, ''",
    "sha256, SHA256, -nocerts",
    "sha256, SHA256, -noattr",
    "sha1, SHA1, -noattr",
    "sha512, SHA512, -noattr",
    "sha256, SHA256, -keyid",
    "sha512, SHA512, -nocerts -noattr -keyid",
    "sha256, SHA256, -nosmimecap",
    "sha256, SHA256, -indef",
    "sha256, SHA256, -stream",
  })
  void verifiesWhatOpenSslSigned(String md, DigestAlgorithm algorithm, String options)
      throws Exception {
    String[] all = (options + " -binary -md " + md).strip().split(" +");
    CmsSignature signature = CmsSignature.parse(openssl.sign(CONTENT, "partner", all), MAX);

    assertThat(signature.digestAlgorithms()).containsExactly(algorithm);
    assertThat(verify(signature, CONTENT, partner)).isEqualTo(new Verified(partner));
    assertThat(verify(signature, CONTENT, other, partner)).isEqualTo(new Verified(partner));
    assertThat(verify(signature, CONTENT, other)).isInstanceOf(NoMatchingCertificate.class);
    assertThat(verify(signature, CONTENT)).isInstanceOf(NoMatchingCertificate.class);
    assertThat(verify(signature, changed(), partner))
        .isInstanceOfAny(DigestMismatch.class, BadSignature.class);
  }

  @Test
  void verifiesWhatSmimeSigned() throws Exception {
    byte[] der =
        openssl.run(
            CONTENT,
            List.of(
                "smime",
                "-sign",
                "-binary",
                "-outform",
                "DER",
                "-signer",
                "partner.pem",
                "-inkey",
                "partner.key"));
    assertThat(verify(CmsSignature.parse(der, MAX), CONTENT, partner))
        .isEqualTo(new Verified(partner));
  }

  @Test
  void seesThatTextWasSignedWithCrlf() throws Exception {
    byte[] lf = new String(CONTENT, StandardCharsets.US_ASCII).replace("\r\n", "\n").getBytes();
    CmsSignature signature = CmsSignature.parse(openssl.sign(lf, "partner"), MAX);

    assertThat(verify(signature, lf, partner)).isEqualTo(new DigestMismatch(partner));
    assertThat(verify(signature, CONTENT, partner)).isEqualTo(new Verified(partner));
  }

  @Test
  void oneGoodSignerOfSeveralSuffices() throws Exception {
    byte[] der =
        openssl.sign(
            CONTENT, "other", "-binary", "-signer", "partner.pem", "-inkey", "partner.key");
    CmsSignature signature = CmsSignature.parse(der, MAX);

    assertThat(verify(signature, CONTENT, partner)).isEqualTo(new Verified(partner));
    assertThat(verify(signature, CONTENT, other)).isEqualTo(new Verified(other));
  }

  @Test
  void namesTheSignerThatIsNotKnown() throws Exception {
    CmsSignature signature = CmsSignature.parse(openssl.sign(CONTENT, "other", "-binary"), MAX);
    String serial = other.getSerialNumber().toString(16);

    assertThat(((NoMatchingCertificate) verify(signature, CONTENT, partner)).signers())
        .singleElement()
        .satisfies(s -> assertThat(s).contains("CN=other", serial));
  }

  @Test
  void namesAKeyIdThatIsNotKnown() throws Exception {
    CmsSignature signature =
        CmsSignature.parse(openssl.sign(CONTENT, "other", "-binary", "-keyid"), MAX);

    assertThat(((NoMatchingCertificate) verify(signature, CONTENT, partner)).signers())
        .singleElement()
        .satisfies(s -> assertThat(s).startsWith("subject key id "));
  }

  @Test
  void triesCertificatesThatTheSignerDoesNotName() throws Exception {
    openssl.run(
        new byte[0],
        List.of(
            "req",
            "-x509",
            "-key",
            "partner.key",
            "-out",
            "renewed.pem",
            "-subj",
            "/CN=Renewed",
            "-days",
            "2"));
    byte[] der =
        openssl.run(
            CONTENT,
            List.of(
                "cms",
                "-sign",
                "-binary",
                "-outform",
                "DER",
                "-signer",
                "renewed.pem",
                "-inkey",
                "partner.key"));

    assertThat(verify(CmsSignature.parse(der, MAX), CONTENT, other, partner))
        .isEqualTo(new Verified(partner));
  }

  @Test
  void readsBerWithOctetsAfterIt() throws Exception {
    byte[] der = openssl.sign(CONTENT, "partner", "-binary");
    CmsSignature signature = CmsSignature.parse(join(ber(der), "\r\n\r\nx".getBytes()), MAX);

    assertThat(verify(signature, CONTENT, partner)).isEqualTo(new Verified(partner));
  }

  @ParameterizedTest
  @ValueSource(ints = {76, 4, 1 << 20})
  void readsBase64OfAnyLineLength(int length) throws Exception {
    byte[] der = openssl.sign(CONTENT, "partner", "-binary");
    byte[] base64 = Base64.getMimeEncoder(length, new byte[] {'\n'}).encode(der);

    assertThat(verify(CmsSignature.parse(base64, MAX), CONTENT, partner))
        .isEqualTo(new Verified(partner));
  }

  @Test
  void readsADigestWithoutParameters() throws Exception {
    byte[] der = openssl.sign(CONTENT, "partner", "-binary", "-nocerts");
    byte[] oid = DigestAlgorithm.SHA256.oid().getEncoded();
    int at = indexOf(der, oid);

    // SHA-256 without parameters is what OpenSSL writes; with NULL is what others write.
    assertThat(at).isPositive();
    assertThat(der[at + oid.length]).isNotEqualTo((byte) 5);
    assertThat(verify(CmsSignature.parse(withNullParameters(der), MAX), CONTENT, partner))
        .isEqualTo(new Verified(partner));
  }

  @Test
  void refusesEveryChangedBitOfTheSignatureValue() throws Exception {
    byte[] der = openssl.sign(CONTENT, "partner", "-binary", "-nocerts", "-noattr");
    for (int i = der.length - 256; i < der.length; i += 7) {
      byte[] damaged = der.clone();
      damaged[i] ^= 1;
      assertThat(verify(CmsSignature.parse(damaged, MAX), CONTENT, partner))
          .isEqualTo(new BadSignature(partner));
    }
  }

  @Test
  void readsNothingElse() throws Exception {
    byte[] der = openssl.sign(CONTENT, "partner", "-binary");
    for (byte[] octets :
        List.of(
            new byte[0],
            new byte[] {0x30},
            new byte[] {0x30, 0x00},
            "hello".getBytes(),
            Arrays.copyOf(der, der.length / 2),
            partner.getEncoded(),
            openssl.run(CONTENT, List.of("cms", "-data_create", "-outform", "DER")))) {
      assertThatThrownBy(() -> CmsSignature.parse(octets, MAX)).isInstanceOf(MimeException.class);
    }
    assertThatThrownBy(() -> CmsSignature.parse(der, der.length - 1))
        .isInstanceOf(MimeException.class)
        .hasMessageContaining("longer");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x3080, 0xA080, 0x2480, 0x3180})
  void survivesDeepNesting(int tag) {
    byte[] deep = new byte[MAX];
    for (int i = 0; i < deep.length; i += 2) {
      deep[i] = (byte) (i == 0 ? 0x30 : tag >> 8);
      deep[i + 1] = (byte) tag;
    }
    assertThatThrownBy(() -> CmsSignature.parse(deep, MAX)).isInstanceOf(MimeException.class);
  }

  private static Verification verify(
      CmsSignature signature, byte[] content, X509Certificate... candidates) {
    return signature.verify(a -> a.newDigest().digest(content), List.of(candidates));
  }

  private static byte[] changed() {
    byte[] changed = CONTENT.clone();
    changed[changed.length - 3] ^= 1;
    return changed;
  }

  /** The outermost layers with indefinite lengths. */
  private static byte[] ber(byte[] der) throws IOException {
    try (ASN1InputStream in = new ASN1InputStream(der)) {
      ContentInfo info = ContentInfo.getInstance(in.readObject());
      return new BERSequence(
              new ASN1Encodable[] {
                info.getContentType(), new BERTaggedObject(0, info.getContent())
              })
          .getEncoded(ASN1Encoding.BER);
    }
  }

  /** The DER with a NULL after the first SHA-256: the lengths around it grow by two. */
  private static byte[] withNullParameters(byte[] der) throws IOException {
    try (ASN1InputStream in = new ASN1InputStream(der)) {
      ContentInfo info = ContentInfo.getInstance(in.readObject());
      var signed = SignedData.getInstance(info.getContent());
      var signer = SignerInfo.getInstance(signed.getSignerInfos().getObjectAt(0));
      var sha256 = new AlgorithmIdentifier(DigestAlgorithm.SHA256.oid(), DERNull.INSTANCE);
      var changed =
          new SignerInfo(
              signer.getSID(),
              sha256,
              signer.getAuthenticatedAttributes(),
              signer.getDigestEncryptionAlgorithm(),
              signer.getEncryptedDigest(),
              signer.getUnauthenticatedAttributes());
      return new ContentInfo(
              info.getContentType(),
              new SignedData(
                  new DERSet(sha256),
                  signed.getEncapContentInfo(),
                  null,
                  null,
                  new DERSet(changed)))
          .getEncoded(ASN1Encoding.DER);
    }
  }

  private static int indexOf(byte[] octets, byte[] part) {
    for (int i = 0; i + part.length <= octets.length; i++) {
      if (Arrays.equals(octets, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
