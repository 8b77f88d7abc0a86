package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Connectors, profiles and certificates as a daemon has them. */
final class Partners {
  static final ConnectorId ACME = connectorId(1);
  static final ConnectorId GLOBEX = connectorId(2);
  static final ConnectorId INITECH = connectorId(3);

  private static final KeyPair KEYS = keys();

  private final Resources resources;
  private final Instant now;

  Partners(Resources resources, Instant now) {
    this.resources = resources;
    this.now = now;
  }

  static ConnectorId connectorId(int number) {
    return new ConnectorId("c-%017x".formatted(0x4ac0de0000L + number));
  }

  /** Three partners, one with a name of its own, and certificates that end sooner or later. */
  void create() throws IOException {
    certificate(
        1, "SIGNING", "CN=EDI Gateway,O=Northwind Traders,C=DE", 402, Optional.of("signing-2027"));
    certificate(2, "SIGNING", "CN=as2.acme.example,O=ACME Inc.,C=US", 214, Optional.empty());
    certificate(3, "ENCRYPTION", "CN=as2.globex.example,O=Globex,C=US", 19, Optional.empty());
    certificate(4, "ENCRYPTION", "CN=edi.initech.example,O=Initech,C=US", 3, Optional.empty());
    certificate(5, "SIGNING", "CN=old.initech.example,O=Initech,C=US", -12, Optional.empty());
    profile(1, "LOCAL", "NORTHWIND", 1);
    profile(2, "PARTNER", "ACME-EDI", 2);
    profile(3, "PARTNER", "GLOBEX-AS2", 3);
    profile(4, "PARTNER", "INITECH", 4, 5);
    connector(ACME, 2, "https://as2.acme.example/as2", Map.of());
    connector(
        GLOBEX,
        3,
        "https://b2b.globex.example:5443/exchange/as2",
        Map.of("Name", "Globex production", "as2:framing", "CONTENT_LENGTH"));
    connector(INITECH, 4, "http://edi.initech.example:4080/as2", Map.of("Name", "Initech orders"));
  }

  void connector(ConnectorId id, int partnerProfile, String url, Map<String, String> tags)
      throws IOException {
    ObjectNode members = Json.object().put("ConnectorId", id.value()).put("Url", url);
    members
        .putObject("As2Config")
        .put("LocalProfileId", profileId(1))
        .put("PartnerProfileId", profileId(partnerProfile))
        .put("MessageSubject", "EDI from Northwind")
        .put("Compression", "ZLIB")
        .put("EncryptionAlgorithm", "AES256_CBC")
        .put("SigningAlgorithm", "SHA256")
        .put("MdnSigningAlgorithm", "DEFAULT")
        .put("MdnResponse", "SYNC");
    resources.create(new Resource(Kind.CONNECTOR, id.value(), members, tags), Optional.empty());
  }

  private static String profileId(int number) {
    return "p-%017x".formatted(number);
  }

  void profile(int number, String type, String as2Id, int... certificates) throws IOException {
    ObjectNode members =
        Json.object()
            .put("ProfileId", profileId(number))
            .put("ProfileType", type)
            .put("As2Id", as2Id);
    for (int each : certificates) {
      members.withArray("CertificateIds").add(certificateId(each));
    }
    resources.create(
        new Resource(Kind.PROFILE, profileId(number), members, Map.of()), Optional.empty());
  }

  void agreement(int number, int localProfile, int partnerProfile, String description)
      throws IOException {
    String id = "a-%017x".formatted(number);
    ObjectNode members =
        Json.object()
            .put("AgreementId", id)
            .put("ServerId", "s-0123456789abcdef0")
            .put("Description", description)
            .put("Status", "ACTIVE")
            .put("LocalProfileId", profileId(localProfile))
            .put("PartnerProfileId", profileId(partnerProfile))
            .put("BaseDirectory", "/in/globex");
    resources.create(new Resource(Kind.AGREEMENT, id, members, Map.of()), Optional.empty());
  }

  static String certificateId(int number) {
    return "cert-%017x".formatted(number);
  }

  private void certificate(
      int number, String usage, String subject, int daysLeft, Optional<String> description)
      throws IOException {
    Instant ends = now.plus(Duration.ofDays(daysLeft)).plus(Duration.ofHours(5));
    Instant begins = ends.minus(Duration.ofDays(730));
    X509Certificate certificate = certificate(number, subject, begins, ends);
    ObjectNode members =
        Json.object()
            .put("CertificateId", certificateId(number))
            .put("Usage", usage)
            .put("Certificate", CertificateText.pem(certificate))
            .put("ActiveDate", begins.getEpochSecond())
            .put("InactiveDate", ends.getEpochSecond())
            .put("NotBeforeDate", begins.getEpochSecond())
            .put("NotAfterDate", ends.getEpochSecond())
            .put("Type", number == 1 ? "CERTIFICATE_WITH_PRIVATE_KEY" : "CERTIFICATE");
    description.ifPresent(text -> members.put("Description", text));
    resources.create(
        new Resource(Kind.CERTIFICATE, certificateId(number), members, Map.of()), Optional.empty());
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(
      int number, String subject, Instant begins, Instant ends) {
    X500Name name = new X500Name(subject);
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      name,
                      BigInteger.valueOf(0x7e57_0000L + number),
                      Date.from(begins.truncatedTo(ChronoUnit.SECONDS)),
                      Date.from(ends.truncatedTo(ChronoUnit.SECONDS)),
                      name,
                      KEYS.getPublic())
                  .build(new JcaContentSignerBuilder("SHA256withRSA").build(KEYS.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
