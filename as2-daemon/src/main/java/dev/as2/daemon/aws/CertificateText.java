package dev.as2.daemon.aws;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates in the forms that they come in: PEM, DER and PKCS #7; and out as PEM. */
public final class CertificateText {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private CertificateText() {}

  /**
   * All certificates in {@code octets}, which may be one in DER, any number in PEM (with other text
   * around them), or a PKCS #7 bundle in either.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static List<X509Certificate> read(byte[] octets) {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    if (text.contains(BEGIN)) {
      return pem(text);
    }
    try {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      // The factory's list form reads PKCS #7, in PEM and in DER; single certificates, too.
      List<X509Certificate> all = new ArrayList<>();
      for (Certificate each : x509.generateCertificates(new ByteArrayInputStream(octets))) {
        all.add((X509Certificate) each);
      }
      if (all.isEmpty()) {
        throw new IllegalArgumentException("has no certificate in it");
      }
      return all;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("has no certificate in it", e);
    }
  }

  private static List<X509Certificate> pem(String text) {
    List<X509Certificate> all = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int end = text.indexOf(END, begin);
      if (end < 0) {
        throw new IllegalArgumentException(
            "has a PEM certificate without an end (number " + (all.size() + 1) + ")");
      }
      all.add(one(text.substring(begin, end + END.length()), all.size() + 1));
      begin = text.indexOf(BEGIN, end);
    }
    return all;
  }

  private static X509Certificate one(String pem, int number) {
    byte[] octets = pem.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(octets));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "has a damaged PEM certificate (number " + number + ")", e);
    }
  }

  /** One certificate in PEM, 64 columns, with a line end. */
  public static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  /** Any object in PEM, 64 columns, with a line end. */
  public static String pem(String label, byte[] octets) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
