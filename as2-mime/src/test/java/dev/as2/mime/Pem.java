package dev.as2.mime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Files for the {@code openssl} command. */
public final class Pem {
  private Pem() {}

  /** A certificate. */
  public static void write(Path file, X509Certificate certificate) throws IOException {
    try {
      write(file, "CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IOException("the certificate was parsed and cannot be encoded", e);
    }
  }

  /** A private key in PKCS #8, for a test. */
  public static void write(Path file, PrivateKey key) throws IOException {
    write(file, "PRIVATE KEY", key.getEncoded());
  }

  private static void write(Path file, String what, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, base64, what));
  }
}
