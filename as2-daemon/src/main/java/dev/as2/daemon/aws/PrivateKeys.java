package dev.as2.daemon.aws;

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
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
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
 * Private keys in the forms that they come in: PKCS #8, PKCS #1 and SEC 1 in PEM or DER, with or
 * without a password, and PKCS #12. Each fault is an {@link IllegalArgumentException} whose message
 * completes a sentence that begins with the file's name.
 */
public final class PrivateKeys {
  /** Tags of DER. */
  private static final byte SEQUENCE = 0x30;

  private static final byte INTEGER = 0x02;

  private PrivateKeys() {}

  /**
   * A key with the certificates that came with it.
   *
   * @param chain the key's own certificate first; empty for PEM
   */
  public record Found(PrivateKey key, List<X509Certificate> chain) {
    public Found {
      chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
      return "Found[" + key.getAlgorithm() + ", " + chain.size() + " certificates]";
    }
  }

  /**
   * A key in PEM or DER.
   *
   * @param password asked for where the key is encrypted
   */
  public static PrivateKey read(byte[] octets, Supplier<Optional<char[]>> password) {
    return pem(isDer(octets) ? toPem(octets) : octets, password);
  }

  /** The octets as PEM; those that are PEM already as they are. */
  public static byte[] toPem(byte[] octets) {
    return isDer(octets)
        ? CertificateText.pem(label(octets), octets).getBytes(StandardCharsets.US_ASCII)
        : octets;
  }

  /** A SEQUENCE of 128 octets or more, or one of a version; no text begins like this. */
  private static boolean isDer(byte[] octets) {
    return octets.length > 2 && octets[0] == SEQUENCE && (octets[1] < 0 || octets[2] == INTEGER);
  }

  /**
   * What the members of the SEQUENCE say: PKCS #8 has a version and then an algorithm, encrypted
   * PKCS #8 the algorithm first, SEC 1 an OCTET STRING second, PKCS #1 INTEGERs only.
   */
  private static String label(byte[] der) {
    ASN1Sequence members;
    try {
      members = ASN1Sequence.getInstance(der);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("holds no private key, neither in PEM nor in DER", e);
    }
    if (members.size() == 2) {
      return "ENCRYPTED PRIVATE KEY";
    }
    ASN1Encodable second = members.size() < 2 ? members : members.getObjectAt(1);
    if (second instanceof ASN1OctetString) {
      return "EC PRIVATE KEY";
    }
    return second instanceof ASN1Integer ? "RSA PRIVATE KEY" : "PRIVATE KEY";
  }

  /**
   * The one key in a PEM file.
   *
   * @param password asked for where the key is encrypted
   */
  public static PrivateKey pem(byte[] octets, Supplier<Optional<char[]>> password) {
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
  public static Found pkcs12(byte[] octets, Supplier<Optional<char[]>> password) {
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
