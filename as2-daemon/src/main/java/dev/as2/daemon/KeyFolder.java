package dev.as2.daemon;

import dev.as2.core.As2Exception;
import dev.as2.core.CertificateId;
import dev.as2.core.FailureCode;
import dev.as2.daemon.aws.Exposure;
import dev.as2.daemon.aws.PrivateKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The private keys beside certificates: {@code <CertificateId>.key.pem} or {@code
 * <CertificateId>.p12}, and their passwords in {@code <CertificateId>.password} or else in the
 * environment's {@code AS2_KEY_PASSWORD}.
 */
final class KeyFolder {
  /** Where a password is looked for that no file has. */
  static final String PASSWORD_VARIABLE = "AS2_KEY_PASSWORD";

  private final Path folder;
  private final Map<String, String> environment;

  KeyFolder(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  private Path pem(CertificateId id) {
    return folder.resolve(id + ".key.pem");
  }

  private Path pkcs12(CertificateId id) {
    return folder.resolve(id + ".p12");
  }

  private Path password(CertificateId id) {
    return folder.resolve(id + ".password");
  }

  /** The file with the key of a certificate, where there is one. */
  Optional<Path> file(CertificateId id) throws As2Exception {
    boolean hasPem = Files.exists(pem(id));
    boolean hasPkcs12 = Files.exists(pkcs12(id));
    if (hasPem && hasPkcs12) {
      throw fault(pem(id), "and " + name(pkcs12(id)) + " are both there; keep one of them");
    }
    return hasPem ? Optional.of(pem(id)) : Optional.of(pkcs12(id)).filter(any -> hasPkcs12);
  }

  /** The key of a certificate, where there is a file with one. */
  Optional<PrivateKey> key(CertificateId id) throws IOException {
    Optional<Path> file = file(id);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    // Read before it is asked for: a supplier cannot fail as reading can.
    Optional<char[]> password = secret(id);
    byte[] octets = Files.readAllBytes(file.get());
    try {
      return Optional.of(
          file.get().equals(pem(id))
              ? PrivateKeys.pem(octets, () -> password)
              : PrivateKeys.pkcs12(octets, () -> password).key());
    } catch (IllegalArgumentException e) {
      throw fault(file.get(), e.getMessage() + whereFrom(id));
    }
  }

  /** What to warn of: the files of a certificate's key that others can read. */
  List<String> exposed(CertificateId id) {
    return Stream.of(pem(id), pkcs12(id), password(id))
        .filter(Files::exists)
        .flatMap(file -> Exposure.of(file, name(file)).stream())
        .toList();
  }

  private String whereFrom(CertificateId id) {
    return Files.exists(password(id))
        ? " (password from " + name(password(id)) + ")"
        : " (" + name(password(id)) + " or " + PASSWORD_VARIABLE + " would hold the password)";
  }

  private Optional<char[]> secret(CertificateId id) throws IOException {
    if (Files.exists(password(id))) {
      return Optional.of(
          Files.readString(password(id), StandardCharsets.UTF_8).stripTrailing().toCharArray());
    }
    return Optional.ofNullable(environment.get(PASSWORD_VARIABLE)).map(String::toCharArray);
  }

  /** As faults name a file: {@code certificates/cert-....key.pem}. */
  static String name(Path file) {
    return Documents.folder("Certificate") + "/" + file.getFileName();
  }

  private static As2Exception fault(Path file, String words) {
    return new As2Exception(FailureCode.INVALID_CONFIGURATION, name(file) + " " + words + ".");
  }
}
