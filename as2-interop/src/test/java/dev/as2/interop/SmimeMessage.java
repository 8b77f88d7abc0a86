package dev.as2.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.bouncycastle.mail.smime.SMIMECompressedGenerator;
import org.bouncycastle.mail.smime.SMIMEEnvelopedGenerator;
import org.bouncycastle.mail.smime.SMIMEException;
import org.bouncycastle.mail.smime.SMIMEGenerator;
import org.bouncycastle.mail.smime.SMIMESigned;
import org.bouncycastle.mail.smime.SMIMESignedGenerator;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A MIME entity that Bouncy Castle's own S/MIME packs and checks: a second opinion that shares no
 * code with the engine. Holds the whole entity; for tests only. Immutable.
 *
 * @param headers the entity's MIME headers, with a CRLF after each, and not the blank line
 * @param contentType the value of its Content-Type, on one line
 * @param content the octets after the headers
 */
record SmimeMessage(String headers, String contentType, byte[] content) {

  /** The payload itself, as an entity with a binary transfer encoding. */
  static SmimeMessage payload(String contentType, byte[] content) {
    String headers = "Content-Type: " + contentType + "\r\nContent-Transfer-Encoding: binary\r\n";
    return new SmimeMessage(headers, contentType, content);
  }

  /** Whether there is no layer yet around the payload. */
  boolean isPlain() {
    return !contentType.startsWith("multipart/signed")
        && !contentType.startsWith("application/pkcs7-mime");
  }

  /** Adds a compressed-data layer (RFC 5402). */
  SmimeMessage compressed() {
    try {
      return of(binary(new SMIMECompressedGenerator()).generate(part(), new ZlibCompressor()));
    } catch (MessagingException | SMIMEException e) {
      throw new IllegalStateException("cannot compress", e);
    }
  }

  /** Adds a multipart/signed layer with SHA-256 and RSA. */
  SmimeMessage signedBy(Identity signer) {
    try {
      SMIMESignedGenerator generator = new SMIMESignedGenerator("binary");
      generator.addSignerInfoGenerator(
          new JcaSimpleSignerInfoGeneratorBuilder()
              .build("SHA256withRSA", signer.key(), signer.certificate()));
      MimeMultipart multipart = generator.generate(part());
      MimeBodyPart part = new MimeBodyPart();
      part.setContent(multipart);
      part.setHeader("Content-Type", multipart.getContentType());
      return of(part);
    } catch (MessagingException
        | SMIMEException
        | OperatorCreationException
        | CertificateEncodingException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  /** Adds an enveloped-data layer with AES-256-CBC. */
  SmimeMessage encryptedTo(X509Certificate recipient) {
    try {
      SMIMEEnvelopedGenerator generator = binary(new SMIMEEnvelopedGenerator());
      generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(recipient));
      return of(
          generator.generate(
              part(), new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build()));
    } catch (MessagingException | SMIMEException | CMSException | CertificateEncodingException e) {
      throw new IllegalStateException("cannot encrypt", e);
    }
  }

  /** The whole entity: headers, blank line, content. */
  byte[] octets() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(headers.length() + content.length + 2);
    all.writeBytes((headers + "\r\n").getBytes(US_ASCII));
    all.writeBytes(content);
    return all.toByteArray();
  }

  /** Whether a multipart/signed body has one signature, and that certificate's key made it. */
  static boolean isSignedBy(X509Certificate certificate, String contentType, byte[] body) {
    try {
      var multipart = new MimeMultipart(new ByteArrayDataSource(body, contentType));
      var signers = new SMIMESigned(multipart).getSignerInfos().getSigners();
      return signers.size() == 1
          && signers
              .iterator()
              .next()
              .verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate));
    } catch (MessagingException | CMSException | OperatorCreationException e) {
      throw new IllegalStateException("cannot check the signature", e);
    }
  }

  private MimeBodyPart part() throws MessagingException {
    InternetHeaders parsed = new InternetHeaders();
    headers.lines().forEach(parsed::addHeaderLine);
    return new MimeBodyPart(parsed, content);
  }

  private static <G extends SMIMEGenerator> G binary(G generator) {
    generator.setContentTransferEncoding("binary");
    return generator;
  }

  private static SmimeMessage of(MimeBodyPart part) throws MessagingException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      part.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(out.toByteArray(), part.getContentType());
  }

  private static SmimeMessage parse(byte[] entity, String contentType) {
    int end = 0;
    while (entity[end] != '\r' || entity[end + 1] != '\n' || entity[end + 2] != '\r') {
      end++;
    }
    return new SmimeMessage(
        new String(entity, 0, end + 2, US_ASCII),
        contentType.replaceAll("\\r\\n\\s+", " "),
        Arrays.copyOfRange(entity, end + 4, entity.length));
  }
}
