package dev.as2.mime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSEnvelopedDataParser;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyTransRecipientId;
import org.bouncycastle.cms.RecipientInformation;

/**
 * Opens an encrypted layer while it arrives: enveloped-data (RFC 5652 §6) on the JDK's ciphers, or
 * authEnveloped-data (RFC 5083) with AES-GCM; which of them it is, its octets say.
 */
public final class EnvelopedInput {
  /**
   * More than any message has around its content: a thousand recipients. So much is in memory at
   * the most, besides 32 KiB.
   */
  static final int MAX_STRUCTURE_BYTES = 1 << 20;

  private EnvelopedInput() {}

  /** A certificate that a message may be encrypted to, with its key. */
  public record Recipient(X509Certificate certificate, PrivateKey key) {
    /** The certificate alone. */
    @Override
    public String toString() {
      return "Recipient[" + certificate.getSubjectX500Principal() + "]";
    }
  }

  /**
   * The content, decrypted as it is read. It ends with an {@link IOException} where the padding or
   * the tag is wrong or the structure is cut off. Until the stream has ended properly, whoever
   * reads it must keep the content apart and believe none of it: with GCM everything comes out
   * before the tag is checked, and with CBC nothing is checked at all.
   *
   * @throws MimeException where the octets are neither, or none of the keys is a recipient's
   */
  public static InputStream open(InputStream in, List<Recipient> recipients) throws IOException {
    InputStream sniffed = in.markSupported() ? in : new BufferedInputStream(in);
    Optional<CmsType> type = CmsType.sniff(sniffed);
    Hostile.Octets octets = Hostile.octets(sniffed);
    octets.allow(MAX_STRUCTURE_BYTES);
    try {
      return Hostile.content(
          type.filter(CmsType.AUTH_ENVELOPED_DATA::equals).isPresent()
              ? AuthEnvelopedInput.open(octets, recipients)
              : openEnveloped(octets, recipients));
    } catch (CMSException | RuntimeException e) { // ASN.1 parsers throw many kinds
      throw new MimeException("the encrypted message cannot be opened: " + e.getMessage(), e);
    }
  }

  private static InputStream openEnveloped(Hostile.Octets octets, List<Recipient> recipients)
      throws IOException, CMSException {
    CMSEnvelopedDataParser parser = new CMSEnvelopedDataParser(octets);
    for (Recipient recipient : recipients) {
      Optional<RecipientInformation> found = find(parser, recipient.certificate());
      if (found.isPresent()) {
        octets.allow(Long.MAX_VALUE);
        return found.get().getContentStream(new GcmRecipient(recipient.key())).getContentStream();
      }
    }
    throw notToUs(
        parser.getRecipientInfos().getRecipients().stream()
            .map(RecipientInformation::getRID)
            .filter(KeyTransRecipientId.class::isInstance)
            .map(KeyTransRecipientId.class::cast)
            .toList());
  }

  static MimeException notToUs(List<KeyTransRecipientId> others) {
    return new MimeException(
        "the message is encrypted to "
            + others.stream().map(EnvelopedInput::name).collect(Collectors.joining("; "))
            + ", not to us");
  }

  private static Optional<RecipientInformation> find(
      CMSEnvelopedDataParser parser, X509Certificate certificate) throws MimeException {
    for (RecipientInformation each : parser.getRecipientInfos().getRecipients()) {
      if (each.getRID() instanceof KeyTransRecipientId id && isFor(id, certificate)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  static boolean isFor(KeyTransRecipientId id, X509Certificate certificate) throws MimeException {
    try {
      return id.match(new JcaX509CertificateHolder(certificate));
    } catch (CertificateEncodingException e) {
      throw new MimeException("our own certificate cannot be encoded", e);
    }
  }

  private static String name(KeyTransRecipientId id) {
    return id.getIssuer() == null
        ? "subject key id " + HexFormat.of().formatHex(id.getSubjectKeyIdentifier())
        : "issuer " + id.getIssuer() + " serial " + id.getSerialNumber();
  }
}
