package dev.as2.daemon.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.CertificateText;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.HexFormat;

/** What a certificate says of itself. */
final class CertificateFacts {
  private CertificateFacts() {}

  /**
   * Adds them.
   *
   * @param members what DescribeCertificate shows
   */
  static void show(ObjectNode node, JsonNode members) {
    if (members.has("Description")) {
      node.put("description", members.path("Description").asText());
    }
    node.put("withKey", members.path("Type").asText().equals("CERTIFICATE_WITH_PRIVATE_KEY"));
    X509Certificate certificate =
        CertificateText.read(members.path("Certificate").asText().getBytes(US_ASCII)).get(0);
    node.put("subject", certificate.getSubjectX500Principal().getName());
    node.put("issuer", certificate.getIssuerX500Principal().getName());
    node.put("serial", certificate.getSerialNumber().toString(16));
    node.put("notBefore", certificate.getNotBefore().toInstant().toString());
    node.put("notAfter", certificate.getNotAfter().toInstant().toString());
    node.put("key", key(certificate.getPublicKey()));
    node.put("signature", certificate.getSigAlgName());
    node.put("fingerprint", fingerprint(certificate));
  }

  private static String key(PublicKey key) {
    if (key instanceof RSAKey rsa) {
      return "RSA, " + rsa.getModulus().bitLength() + " bits";
    } else if (key instanceof ECKey curve) {
      return "EC, " + curve.getParams().getCurve().getField().getFieldSize() + " bits";
    }
    return key.getAlgorithm();
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.ofDelimiter(":")
          .withUpperCase()
          .formatHex(Digests.sha256(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }
}
