package dev.as2.daemon;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Private keys in the forms that they come in: PKCS #8 and PKCS #1 in PEM, with or without a
 * password, and PKCS #12. Each fault is an {@link IllegalArgumentException} whose message completes
 * a sentence that begins with the file's name.
 */
final class PrivateKeys {
  private PrivateKeys() {}

  /**
   * A key with the certificates that came with it.
   *
   * @param chain the key's own certificate first; empty for PEM
   */
  record Found(PrivateKey key, List<X509Certificate> chain) {
    Found {
      chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
      return "Found[" + key.getAlgorithm() + ", " + chain.size() + " certificates]";
    }
  }

  /**
   * The one key in a PEM file.
   *
   * @param password asked for where the key is encrypted
   */
  static PrivateKey pem(byte[] octets, Supplier<Optional<char[]>> password) {
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(octets, StandardCharsets.ISO_8859_1)))) {
      for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
        Optional<PrivateKeyInfo> key = keyInfo(each, password);
        if (key.isPresent()) {
          // By the JDK's own provider: it is the one that computes with it.
          return new JcaPEMKeyConverter().getPrivateKey(key.get());
        }
      }
    } catch (PEMException e) {
      throw new IllegalArgumentException(
          "holds a private key that is damaged or of an unknown kind", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("is not PEM", e);
    }
    throw new IllegalArgumentException("holds no private key in PEM");
  }

  private static Optional<PrivateKeyInfo> keyInfo(
      Object object, Supplier<Optional<char[]>> password) {
    try {
      if (object instanceof PrivateKeyInfo plain) {
        return Optional.of(plain);
      } else if (object instanceof PEMKeyPair pair) {
        return Optional.of(pair.getPrivateKeyInfo());
      } else if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
        return Optional.of(
            encrypted.decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(needed(password))));
      } else if (object instanceof PEMEncryptedKeyPair encrypted) {
        return Optional.of(
            encrypted
                .decryptKeyPair(
                    new JcePEMDecryptorProviderBuilder()
                        .setProvider(new BouncyCastleProvider())
                        .build(needed(password)))
                .getPrivateKeyInfo());
      }
      return Optional.empty();
    } catch (PKCSException | OperatorCreationException | IOException e) {
      throw new IllegalArgumentException(
          "cannot be decrypted: the password is wrong or the file is damaged", e);
    }
  }

  private static char[] needed(Supplier<Optional<char[]>> password) {
    return password
        .get()
        .orElseThrow(
            () -> new IllegalArgumentException("is encrypted, and there is no password for it"));
  }

  /** The one key in a PKCS #12 file, with its certificates. */
  static Found pkcs12(byte[] octets, Supplier<Optional<char[]>> password) {
    char[] secret = password.get().orElse(new char[0]);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(octets), secret);
      List<Found> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        Key key = store.isKeyEntry(alias) ? store.getKey(alias, secret) : null;
        if (key instanceof PrivateKey privateKey) {
          keys.add(new Found(privateKey, chain(store.getCertificateChain(alias))));
        }
      }
      if (keys.size() != 1) {
        throw new IllegalArgumentException("holds " + keys.size() + " private keys, not one");
      }
      return keys.get(0);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          secret.length == 0
              ? "is encrypted, and there is no password for it"
              : "cannot be opened: the password is wrong or the file is damaged",
          e);
    }
  }

  private static List<X509Certificate> chain(Certificate[] certificates) {
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate each : certificates) {
      chain.add((X509Certificate) each);
    }
    return chain;
  }
}
