package dev.as2.conformance;

import dev.as2.core.As2Id;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * Who we are in a test.
 *
 * @param as2Id our name
 * @param key signs and decrypts; RSA
 * @param certificate fits the key
 */
public record Party(As2Id as2Id, PrivateKey key, X509Certificate certificate) {
  /** The name alone. */
  @Override
  public String toString() {
    return "Party[" + as2Id + "]";
  }
}
