package dev.as2.daemon.state;

import dev.as2.daemon.aws.AwsFaults;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/** A symmetric key of AWS KMS. Safe for use by several threads. */
record KmsMasterKey(KmsClient client, String keyId) implements MasterKey {
  /** KMS opens it only with the same, and writes it into its log. */
  private static final Map<String, String> CONTEXT = Map.of("as2", "data-key");

  @Override
  public byte[] wrap(byte[] dataKey) throws StateException {
    try {
      return client
          .encrypt(request ->
              request
                  .keyId(keyId)
                  .plaintext(SdkBytes.fromByteArray(dataKey))
                  .encryptionContext(CONTEXT))
          .ciphertextBlob()
          .asByteArray();
    } catch (SdkException e) {
      throw fault("encrypt", e);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped) throws StateException {
    try {
      return client
          .decrypt(request ->
              request
                  .keyId(keyId)
                  .ciphertextBlob(SdkBytes.fromByteArray(wrapped))
                  .encryptionContext(CONTEXT))
          .plaintext()
          .asByteArray();
    } catch (SdkException e) {
      throw fault("decrypt", e);
    }
  }

  private StateException fault(String verb, SdkException fault) {
    return new StateException(
        "The master key %s cannot %s the database's data key: %s."
            .formatted(keyId, verb, AwsFaults.words(fault)),
        fault);
  }

  @Override
  public String toString() {
    return "KmsMasterKey[" + keyId + "]";
  }
}
