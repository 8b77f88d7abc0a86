package dev.as2.daemon;

import dev.as2.conformance.Partner;
import dev.as2.conformance.Party;
import dev.as2.core.As2Id;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say with which keys an endpoint is tested. */
final class TestKeys {
  @Option(
      names = "--certificate",
      required = true,
      paramLabel = "FILE",
      description = "Our certificate, which the partner knows: PEM, DER or PKCS #12.")
  private Path certificate = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its key, where it is not in the same file: PEM or DER.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "The key's password, where it has one (default: the variable AS2_KEY_PASSWORD).")
  private Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--partner-certificate",
      required = true,
      paramLabel = "FILE",
      description =
          "The partner's certificate; repeatable. The first is encrypted to, each may sign.")
  private List<Path> partnerCertificates = new ArrayList<>();

  /** Who we are. */
  Party us(String as2Id) throws IOException {
    KeyedCertificate ours = KeyedCertificate.read(certificate, key, password(passwordFile));
    return new Party(
        new As2Id(as2Id),
        ours.key()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    certificate + " holds no private key; name its file with --key")),
        ours.certificate());
  }

  /**
   * Who we are with another key, which is in the certificate's file.
   *
   * @throws IllegalArgumentException naming the file where it holds none
   */
  Party us(String as2Id, Path file) throws IOException {
    KeyedCertificate found = KeyedCertificate.read(file, Optional.of(file), password(passwordFile));
    return new Party(new As2Id(as2Id), found.key().orElseThrow(), found.certificate());
  }

  /** Who is tested. */
  Partner them(String as2Id) throws IOException {
    return new Partner(new As2Id(as2Id), certificates(partnerCertificates));
  }

  /** The certificates in these files. */
  static List<X509Certificate> certificates(List<Path> files) throws IOException {
    List<X509Certificate> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(certificates(file));
    }
    return all;
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    byte[] octets = Sentences.octets(file);
    try {
      return CertificateText.read(octets);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " " + Sentences.message(e), e);
    }
  }

  /** A key's password: in the file, else in the environment. */
  static Optional<char[]> password(Optional<Path> file) throws IOException {
    if (file.isPresent()) {
      return Optional.of(
          Files.readString(file.get(), StandardCharsets.UTF_8).stripTrailing().toCharArray());
    }
    return Optional.ofNullable(System.getenv(KeyFolder.PASSWORD_VARIABLE)).map(String::toCharArray);
  }
}
