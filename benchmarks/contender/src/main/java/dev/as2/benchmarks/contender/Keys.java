package dev.as2.benchmarks.contender;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * The keys of both sides, read once.
 *
 * @param key the sender's private key
 * @param us the sender's certificate
 * @param partner the recipient's certificate
 */
public record Keys(PrivateKey key, X509Certificate us, X509Certificate partner) {
  /** The password of the store and of its key. */
  public static final String PASSWORD = "bench";

  /** The alias of the sender's key and certificate; also its AS2 name. */
  public static final String US = "us";

  /** The alias of the recipient's certificate; also its AS2 name. */
  public static final String PARTNER = "partner";

  /**
   * Reads a PKCS#12 file.
   *
   * @throws IOException if the file cannot be read
   * @throws GeneralSecurityException if it is no such store
   */
  public static Keys read(Path keystore) throws IOException, GeneralSecurityException {
    char[] password = PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      store.load(in, password);
    }
    return new Keys(
        (PrivateKey) store.getKey(US, password),
        (X509Certificate) store.getCertificate(US),
        (X509Certificate) store.getCertificate(PARTNER));
  }
}
