package dev.as2.daemon;

import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.PrivateKeys;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A certificate as it is handed over: with those that vouch for it and perhaps with its key.
 *
 * @param certificate the certificate
 * @param chain the others of its file
 * @param key its key
 * @param keyFile where that is: PEM or PKCS #12
 * @param isPkcs12 whether it is the latter
 */
record KeyedCertificate(
    X509Certificate certificate,
    List<X509Certificate> chain,
    Optional<PrivateKey> key,
    Optional<Path> keyFile,
    boolean isPkcs12) {

  KeyedCertificate {
    chain = List.copyOf(chain);
  }

  /** Subject and where the key is; never the key. */
  @Override
  public String toString() {
    return "KeyedCertificate[%s%s]"
        .formatted(
            certificate.getSubjectX500Principal(),
            keyFile.map(file -> " with private key in " + file).orElse(""));
  }

  /**
   * Reads what a user imports.
   *
   * @throws IllegalArgumentException naming the file that cannot be read
   */
  static KeyedCertificate read(Path file, Optional<Path> keyFile, Optional<char[]> password)
      throws IOException {
    byte[] octets = Sentences.octets(file);
    if (isPkcs12(file)) {
      PrivateKeys.Found found = named(file, () -> PrivateKeys.pkcs12(octets, () -> password));
      List<X509Certificate> all = found.chain();
      return new KeyedCertificate(
          all.get(0),
          all.subList(1, all.size()),
          Optional.of(found.key()),
          Optional.of(file),
          true);
    }
    List<X509Certificate> all = named(file, () -> CertificateText.read(octets));
    X509Certificate own = own(file, all);
    List<X509Certificate> chain = new ArrayList<>(all);
    chain.remove(own);
    Optional<PrivateKey> key = Optional.empty();
    if (keyFile.isPresent()) {
      byte[] keyOctets = Sentences.octets(keyFile.get());
      key = Optional.of(named(keyFile.get(), () -> PrivateKeys.read(keyOctets, () -> password)));
    }
    return new KeyedCertificate(own, chain, key, keyFile, false);
  }

  private static boolean isPkcs12(Path file) {
    return file.toString().matches("(?i).*\\.(p12|pfx)");
  }

  /** Bundles have any order: ours is the one that vouches for no other. */
  private static X509Certificate own(Path file, List<X509Certificate> all) {
    List<X509Certificate> leaves =
        all.stream().filter(c -> all.stream().noneMatch(o -> vouches(c, o))).toList();
    if (leaves.size() != 1) {
      throw new IllegalArgumentException(
          file + " holds " + leaves.size() + " certificates that vouch for no other, not one");
    }
    return leaves.get(0);
  }

  private static boolean vouches(X509Certificate issuer, X509Certificate other) {
    return !issuer.equals(other)
        && issuer.getSubjectX500Principal().equals(other.getIssuerX500Principal());
  }

  private static <T> T named(Path file, java.util.function.Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " " + Sentences.message(e), e);
    }
  }
}
