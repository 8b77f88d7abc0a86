package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorOptions.UnsignedMdn;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.Sent.MdnRequest;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.SignatureOracle;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MDNs that OpenSSL and Bouncy Castle signed, over octets as sent and over canonical ones. */
@Timeout(120)
final class MdnSignatureTest {
  @TempDir private static Path folder;
  private static SignatureOracle openssl;
  private static X509Certificate partner;

  @BeforeAll
  static void makeSigner() throws IOException, InterruptedException {
    openssl = new SignatureOracle(folder);
    partner = openssl.newSigner("partner", 2048);
  }

  @ParameterizedTest(name = "signed {0}, sent {1}, {2}")
  @CsvSource({
    "CRLF, CRLF, -md sha1",
    "CRLF, CRLF, -md sha256",
    "CRLF, CRLF, -md sha512",
    "CRLF, CRLF, -md sha256 -nocerts",
    "CRLF, CRLF, -md sha256 -noattr",
    "CRLF, CRLF, -md sha256 -keyid",
    "LF, LF, -md sha256",
    "LF, LF, -md sha256 -noattr",
    "CRLF, LF, -md sha256",
    "CRLF, LF, -md sha512 -noattr -nocerts",
    "SHORT, CRLF, -md sha256",
    "SHORT, LF, -md sha256",
  })
  void verifiesWhatOpenSslSigned(Lines signed, Lines sent, String options) throws Exception {
    String[] arguments = ("-binary " + options).split(" ");
    byte[] signature = openssl.sign(signed.of(SignedMdn.report()), "partner", arguments);

    Verdict verdict = judge(SignedMdn.answer(sent.of(SignedMdn.report()), signature), partner);

    assertThat(verdict.failure()).isEmpty();
    assertThat(verdict.warnings()).isEmpty();
    assertThat(verdict.receipt().orElseThrow().signed()).isTrue();
    assertThat(verdict.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
  }

  @ParameterizedTest(name = "by {0}, {1}")
  @CsvSource({
    "rsa:2048, -md sha256 -keyopt rsa_padding_mode:pss",
    "rsa:4096, -md sha512 -keyopt rsa_padding_mode:pss",
    "rsa:2048, -md sha256 -noattr -keyopt rsa_padding_mode:pss",
    "rsa:2048, -md sha3-256",
    "ec -pkeyopt ec_paramgen_curve:P-256, -md sha256",
    "ec -pkeyopt ec_paramgen_curve:P-256, -md sha256 -noattr -nocerts",
    "ec -pkeyopt ec_paramgen_curve:P-384, -md sha384",
    "ec -pkeyopt ec_paramgen_curve:P-521, -md sha512",
  })
  void verifiesOtherKeysAndSchemes(String key, String options) throws Exception {
    X509Certificate modern = openssl.newSigner("modern", key.split(" "));
    byte[] signature =
        openssl.sign(SignedMdn.report(), "modern", ("-binary " + options).split(" "));
    As2Response response = SignedMdn.answer(SignedMdn.report(), signature);

    assertThat(judge(response, modern).failure()).isEmpty();
    assertThat(judge(response, partner).failure().map(Failure::code))
        .contains(FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND);
  }

  /** Line ends of the signed part. */
  enum Lines {
    CRLF,
    LF,
    SHORT;

    byte[] of(byte[] text) {
      return switch (this) {
        case CRLF -> text;
        case LF ->
            new String(text, StandardCharsets.US_ASCII)
                .replace("\r\n", "\n")
                .getBytes(StandardCharsets.US_ASCII);
        case SHORT -> LineEnds.withoutLast(text);
      };
    }
  }

  @Test
  void verifiesTextThatOpenSslMadeCanonical() throws Exception {
    byte[] signature = openssl.sign(Lines.LF.of(SignedMdn.report()), "partner");
    As2Response response = SignedMdn.answer(Lines.LF.of(SignedMdn.report()), signature);

    assertThat(judge(response, partner).failure()).isEmpty();
  }

  @Test
  void verifiesWhatSmimeSigned() throws Exception {
    byte[] signature =
        openssl.run(
            SignedMdn.report(),
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
    assertThat(judge(SignedMdn.answer(SignedMdn.report(), signature), partner).failure()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1withRSA", "SHA256withRSA", "SHA384withRSA", "SHA512withRSA"})
  void verifiesWhatBouncyCastleSigned(String algorithm) throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    X509CertificateHolder certificate = certificate(keys);
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSimpleSignerInfoGeneratorBuilder()
            .build(algorithm, keys.getPrivate(), toJca(certificate)));
    byte[] signature =
        generator.generate(new CMSProcessableByteArray(SignedMdn.report()), false).getEncoded();

    As2Response response = SignedMdn.answer(SignedMdn.report(), signature);

    assertThat(judge(response, toJca(certificate)).failure()).isEmpty();
    assertThat(judge(response, partner).failure().map(Failure::code))
        .contains(FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND);
  }

  @Test
  void neverBelievesTheCertificateInside() throws Exception {
    openssl.newSigner("forger", 2048);
    byte[] signature = openssl.sign(SignedMdn.report(), "forger", "-binary");
    As2Response response = SignedMdn.answer(SignedMdn.report(), signature);

    assertThat(judge(response).failure().map(Failure::code))
        .contains(FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND);
    assertThat(judge(response, partner).failure().orElseThrow().message())
        .contains("CN=forger", "serial ");
  }

  @Test
  void believesNoForgerWithTheNameOfThePartner() throws Exception {
    byte[] signature = openssl.sign(SignedMdn.report(), "partner", "-binary", "-nocerts");
    signature[signature.length - 5] ^= 1;

    assertThat(
            judge(SignedMdn.answer(SignedMdn.report(), signature), partner)
                .failure()
                .map(Failure::code))
        .contains(FailureCode.VERIFICATION_FAILED);
  }

  private static Verdict judge(As2Response response, X509Certificate... certificates) {
    Sent.Trust trust =
        new Sent.Trust(
            Answers.policy(UnsignedMdn.REFUSE),
            new ProfileId("p-0123456789abcdef0"),
            List.of(certificates));
    Sent sent =
        new Sent(
            Answers.MESSAGE_ID,
            new As2Id("us"),
            new As2Id("acme"),
            MdnRequest.SIGNED,
            new Sent.Mics(MicScope.PAYLOAD_CONTENT, DigestAlgorithm.SHA256, Answers.digests()),
            trust,
            false);
    return Answers.judge(sent, response);
  }

  private static X509CertificateHolder certificate(KeyPair keys) throws Exception {
    X500Name name = new X500Name("CN=Bouncy");
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
            name,
            BigInteger.TEN,
            Date.from(now),
            Date.from(now.plusSeconds(3600)),
            name,
            keys.getPublic())
        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()));
  }

  private static X509Certificate toJca(X509CertificateHolder holder) throws Exception {
    return new JcaX509CertificateConverter().getCertificate(holder);
  }
}
