package dev.as2.mime;

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
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;

/** Opens an enveloped-data layer while it arrives (RFC 5652 §6), on the JDK's ciphers. */
public final class EnvelopedInput {
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
   * The content, decrypted as it is read. It ends with an {@link IOException} where the padding is
   * wrong or the structure is cut off.
   *
   * @throws MimeException where the octets are no enveloped-data, or none of the keys is a
   *     recipient's
   */
  public static InputStream open(InputStream in, List<Recipient> recipients) throws IOException {
    try {
      CMSEnvelopedDataParser parser = new CMSEnvelopedDataParser(Hostile.octets(in));
      for (Recipient recipient : recipients) {
        Optional<RecipientInformation> found = find(parser, recipient.certificate());
        if (found.isPresent()) {
          return Hostile.content(
              found
                  .get()
                  .getContentStream(new JceKeyTransEnvelopedRecipient(recipient.key()))
                  .getContentStream());
        }
      }
      throw new MimeException("the message is encrypted to " + names(parser) + ", not to us");
    } catch (CMSException | RuntimeException e) { // ASN.1 parsers throw many kinds
      throw new MimeException("the enveloped-data cannot be opened: " + e.getMessage(), e);
    }
  }

  private static Optional<RecipientInformation> find(
      CMSEnvelopedDataParser parser, X509Certificate certificate) throws MimeException {
    try {
      JcaX509CertificateHolder holder = new JcaX509CertificateHolder(certificate);
      return parser.getRecipientInfos().getRecipients().stream()
          .filter(r -> r.getRID() instanceof KeyTransRecipientId id && id.match(holder))
          .findFirst();
    } catch (CertificateEncodingException e) {
      throw new MimeException("our own certificate cannot be encoded", e);
    }
  }

  private static String names(CMSEnvelopedDataParser parser) {
    return parser.getRecipientInfos().getRecipients().stream()
        .map(RecipientInformation::getRID)
        .filter(KeyTransRecipientId.class::isInstance)
        .map(KeyTransRecipientId.class::cast)
        .map(EnvelopedInput::name)
        .collect(Collectors.joining("; "));
  }

  private static String name(KeyTransRecipientId id) {
    return id.getIssuer() == null
        ? "subject key id " + HexFormat.of().formatHex(id.getSubjectKeyIdentifier())
        : "issuer " + id.getIssuer() + " serial " + id.getSerialNumber();
  }
}
