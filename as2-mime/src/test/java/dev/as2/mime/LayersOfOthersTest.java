package dev.as2.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.mime.CmsSignature.Verification;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.mail.smime.SMIMEAuthEnveloped;
import org.bouncycastle.mail.smime.SMIMEAuthEnvelopedGenerator;
import org.bouncycastle.mail.smime.SMIMECompressed;
import org.bouncycastle.mail.smime.SMIMECompressedGenerator;
import org.bouncycastle.mail.smime.SMIMEEnveloped;
import org.bouncycastle.mail.smime.SMIMEEnvelopedGenerator;
import org.bouncycastle.mail.smime.SMIMESignedGenerator;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Bouncy Castle's mail library and OpenSSL pack is opened, and they open what we pack. */
class LayersOfOthersTest {
  private static final RsaIdentity US = RsaIdentity.selfSigned("us");
  private static final byte[] TEXT = "ISA*00*\r\nsome lines\r\n~".repeat(3_000).getBytes();

  @TempDir Path folder;

  private static MimeBodyPart part() throws Exception {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(new String(TEXT, ISO_8859_1), "us-ascii");
    part.setHeader("Content-Type", "application/edi-x12");
    part.setHeader("Content-Transfer-Encoding", "binary");
    return part;
  }

  private static IncomingEntity incoming(MimeBodyPart part) throws Exception {
    part.setHeader("Content-Transfer-Encoding", "binary");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    part.writeTo(out);
    return incoming(out.toByteArray());
  }

  private static IncomingEntity incoming(byte[] octets) throws Exception {
    return IncomingEntity.read(new ByteArrayInputStream(octets), 10_000);
  }

  private static void assertIsThePart(InputStream content) throws Exception {
    IncomingEntity inside = IncomingEntity.read(content, 10_000);
    assertThat(inside.contentType()).isEqualTo("application/edi-x12");
    assertThat(inside.body().readAllBytes()).isEqualTo(TEXT);
  }

  private static MimeBodyPart bodyPart(Entity entity) throws Exception {
    return new MimeBodyPart(new ByteArrayInputStream(Entities.octets(entity)));
  }

  @Test
  void opensWhatBouncyCastleCompressed() throws Exception {
    MimeBodyPart compressed = new SMIMECompressedGenerator().generate(part(), new ZlibCompressor());
    assertIsThePart(CompressedInput.open(incoming(compressed).body(), 2_000, 1 << 20));
  }

  @Test
  void compressesForBouncyCastle() throws Exception {
    Entity inner = Entities.of(TEXT);
    byte[] content =
        new SMIMECompressed(bodyPart(new CompressedEntity(inner)))
            .getContent(new org.bouncycastle.cms.jcajce.ZlibExpanderProvider());
    assertThat(content).isEqualTo(Entities.octets(inner));
  }

  @ParameterizedTest
  @EnumSource
  void opensWhatBouncyCastleEncrypted(ContentCipher cipher) throws Exception {
    SMIMEEnvelopedGenerator generator = new SMIMEEnvelopedGenerator();
    generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(US.certificate()));
    ASN1ObjectIdentifier oid =
        cipher == ContentCipher.DES_EDE3_CBC ? CMSAlgorithm.DES_EDE3_CBC : cipher.oid();
    assertOpens(generator.generate(part(), new JceCMSContentEncryptorBuilder(oid).build()));
  }

  private static void assertOpens(MimeBodyPart encrypted) throws Exception {
    assertIsThePart(
        EnvelopedInput.open(
            incoming(encrypted).body(),
            List.of(new EnvelopedInput.Recipient(US.certificate(), US.key()))));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*_GCM")
  void opensWhatBouncyCastleAuthenticated(ContentCipher cipher) throws Exception {
    SMIMEAuthEnvelopedGenerator generator = new SMIMEAuthEnvelopedGenerator();
    generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(US.certificate()));
    assertOpens(
        generator.generate(
            part(), (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(cipher.oid()).build()));
  }

  @ParameterizedTest
  @EnumSource
  void encryptsForBouncyCastle(ContentCipher cipher) throws Exception {
    for (KeyTransport transport : KeyTransport.values()) {
      ContentKey key =
          ContentKey.draw(cipher, transport, List.of(US.certificate()), new SecureRandom());
      for (Entity inner : List.of(Entities.of(TEXT), Entities.unmeasured(Entities.of(TEXT)))) {
        assertThat(openedByBouncyCastle(bodyPart(new EncryptedEntity(inner, key)), cipher))
            .isEqualTo(Entities.octets(inner));
      }
    }
  }

  private static byte[] openedByBouncyCastle(MimeBodyPart part, ContentCipher cipher)
      throws Exception {
    return cipher.isAuthenticated()
        ? new SMIMEAuthEnveloped(part)
            .getRecipientInfos()
            .iterator()
            .next()
            .getContent(
                new JceKeyTransAuthEnvelopedRecipient(US.key())
                    .setContentProvider(new BouncyCastleProvider()))
        : new SMIMEEnveloped(part)
            .getRecipientInfos()
            .iterator()
            .next()
            .getContent(new JceKeyTransEnvelopedRecipient(US.key()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1", "SHA256", "SHA384", "SHA512"})
  void verifiesWhatBouncyCastleSigned(String digest) throws Exception {
    SMIMESignedGenerator generator = new SMIMESignedGenerator();
    generator.addSignerInfoGenerator(
        new JcaSimpleSignerInfoGeneratorBuilder()
            .build(digest + "withRSA", US.key(), US.certificate()));
    MimeMultipart signed = generator.generate(part());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    signed.writeTo(body);
    String boundary = new ContentTypeFieldOf(signed.getContentType()).boundary();

    assertVerifies(body.toByteArray(), boundary);
  }

  private record ContentTypeFieldOf(String field) {
    String boundary() throws Exception {
      return new jakarta.mail.internet.ContentType(field).getParameter("boundary");
    }
  }

  private static void assertVerifies(byte[] body, String boundary) throws Exception {
    MultipartInput parts = new MultipartInput(new ByteArrayInputStream(body), boundary);
    byte[] content = parts.nextPart().readAllBytes();
    assertThat(new String(content, ISO_8859_1)).contains("ISA*00*");
    MimePart signature = MimePart.parse(parts.nextPart().readAllBytes(), 10_000);
    assertThat(
            CmsSignature.parse(signature.decodedBody(), 100_000)
                .verify(d -> d.newDigest().digest(content), List.of(US.certificate())))
        .isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha1", "sha256", "sha384", "sha512"})
  void verifiesWhatOpensslSigned(String digest) throws Exception {
    writeKeys();
    byte[] message =
        openssl(
            Entities.octets(Entities.of(TEXT)),
            List.of(
                "smime", "-sign", "-binary", "-md", digest, "-signer", "us.pem", "-inkey",
                "us.key"));
    MimePart whole = MimePart.parse(message, 10_000);
    assertVerifies(whole.body(), whole.parameter("boundary").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-aes128", "-aes192", "-aes256", "-des3"})
  void opensWhatOpensslEncrypted(String cipher) throws Exception {
    writeKeys();
    for (String command : List.of("smime", "cms")) {
      for (List<String> form : List.of(List.<String>of(), List.of("-stream"))) {
        List<String> arguments = new ArrayList<>(List.of(command, "-encrypt", "-binary"));
        arguments.addAll(form);
        arguments.addAll(List.of("-outform", "DER", cipher, "us.pem"));
        byte[] der = openssl(Entities.octets(Entities.of(TEXT)), arguments);
        assertIsThePart(
            EnvelopedInput.open(
                new ByteArrayInputStream(der),
                List.of(new EnvelopedInput.Recipient(US.certificate(), US.key()))));
      }
    }
  }

  private void writeKeys() throws Exception {
    Pem.write(folder.resolve("us.pem"), US.certificate());
    Pem.write(folder.resolve("us.key"), US.key());
  }

  private byte[] openssl(byte[] input, List<String> arguments) throws Exception {
    return new SignatureOracle(folder).run(input, arguments);
  }
}
