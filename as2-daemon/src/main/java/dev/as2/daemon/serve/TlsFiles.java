package dev.as2.daemon.serve;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.PrivateKeys;
import dev.as2.transport.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The two files with the endpoint's key and certificates. Not safe for use by several threads. */
final class TlsFiles {
  private final Path certificate;
  private final Path key;
  private List<FileTime> read = List.of();

  private TlsFiles(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** The files that are configured; none where the endpoint is plain HTTP. */
  static Optional<TlsFiles> of(ServeConfig config, Setting certificate, Setting key) {
    return config
        .optional(certificate)
        .map(file -> new TlsFiles(Path.of(file), Path.of(config.text(key))));
  }

  boolean haveChanged() throws IOException {
    return !times().equals(read);
  }

  private List<FileTime> times() throws IOException {
    return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
  }

  /** Reads both. */
  ServerTls read() throws IOException {
    List<FileTime> times = times();
    try {
      List<X509Certificate> chain = CertificateText.read(Files.readAllBytes(certificate));
      PrivateKey secret = PrivateKeys.pem(Files.readAllBytes(key), Optional::empty);
      ServerTls tls = new ServerTls(secret, chain, List.of());
      read = times;
      return tls;
    } catch (IllegalArgumentException e) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          "%s and %s cannot be used for TLS: %s.".formatted(certificate, key, e.getMessage()),
          e);
    }
  }
}
