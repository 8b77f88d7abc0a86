package dev.as2.mime;

import java.io.InputStream;
import java.security.Key;
import java.security.PrivateKey;
import java.util.Arrays;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JceAsymmetricKeyUnwrapper;

/**
 * A recipient of enveloped-data that opens GCM in it, too, with the tag at the content's end: some
 * products send that, though GCM belongs into authEnveloped-data (RFC 5084 §1). The JDK's cipher
 * would take the whole content into memory.
 */
final class GcmRecipient extends JceKeyTransEnvelopedRecipient {
  private final PrivateKey key;

  GcmRecipient(PrivateKey key) {
    super(key);
    this.key = key;
  }

  @Override
  public RecipientOperator getRecipientOperator(
      AlgorithmIdentifier wrapping, AlgorithmIdentifier content, byte[] wrapped)
      throws CMSException {
    if (!isGcm(content)) {
      return super.getRecipientOperator(wrapping, content, wrapped);
    }
    try {
      StreamedGcm gcm = gcm(content, unwrapped(wrapping, content, wrapped, key));
      return new RecipientOperator(
          new InputDecryptor() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
              return content;
            }

            @Override
            public InputStream getInputStream(InputStream ciphertext) {
              return new GcmInput(ciphertext, gcm, tagIsRead -> new byte[0]);
            }
          });
    } catch (MimeException e) {
      throw new CMSException(e.getMessage(), e);
    }
  }

  private static boolean isGcm(AlgorithmIdentifier content) {
    return Arrays.stream(ContentCipher.values())
        .anyMatch(c -> c.isAuthenticated() && c.oid().equals(content.getAlgorithm()));
  }

  /** The content's key. */
  static byte[] unwrapped(
      AlgorithmIdentifier wrapping, AlgorithmIdentifier content, byte[] wrapped, PrivateKey key)
      throws MimeException {
    try {
      Object unwrapped =
          new JceAsymmetricKeyUnwrapper(wrapping, key)
              .generateUnwrappedKey(content, wrapped)
              .getRepresentation();
      return unwrapped instanceof Key found ? found.getEncoded() : (byte[]) unwrapped;
    } catch (OperatorException e) {
      throw new MimeException("the content key cannot be unwrapped", e);
    }
  }

  /** A cipher at the beginning of the content. */
  static StreamedGcm gcm(AlgorithmIdentifier content, byte[] key) throws MimeException {
    ContentCipher cipher =
        Arrays.stream(ContentCipher.values())
            .filter(c -> c.isAuthenticated() && c.oid().equals(content.getAlgorithm()))
            .findFirst()
            .orElseThrow(() ->
                new MimeException(
                    "the content is encrypted by "
                        + content.getAlgorithm().getId()
                        + ", and only AES-GCM is known"));
    // Refuses tags of other lengths than 12 to 16 bytes (RFC 5084 §3.2).
    GCMParameters parameters = GCMParameters.getInstance(content.getParameters());
    if (key.length != cipher.keyBytes()) {
      throw new MimeException("the content key has " + key.length + " bytes, unlike " + cipher);
    }
    return new StreamedGcm(
        key, parameters.getNonce(), parameters.getIcvLen(), StreamedGcm.Direction.DECRYPT);
  }
}
