package dev.as2.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.transfer.model.CertificateStatusType;
import software.amazon.awssdk.services.transfer.model.CertificateType;
import software.amazon.awssdk.services.transfer.model.CertificateUsageType;
import software.amazon.awssdk.services.transfer.model.DescribedCertificate;
import software.amazon.awssdk.services.transfer.model.ImportCertificateRequest;
import software.amazon.awssdk.services.transfer.model.InvalidRequestException;
import software.amazon.awssdk.services.transfer.model.ListedCertificate;

class CertificateOperationsTest extends ApiFixture {
  private String imported(Consumer<ImportCertificateRequest.Builder> more) {
    return sdk.importCertificate(
            each -> {
              each.usage(CertificateUsageType.SIGNING).certificate(TestCertificates.own());
              more.accept(each);
            })
        .certificateId();
  }

  private DescribedCertificate described(String id) {
    return sdk.describeCertificate(each -> each.certificateId(id)).certificate();
  }

  private void assertRefused(Consumer<ImportCertificateRequest.Builder> more, String sentence) {
    assertThatThrownBy(() -> imported(more))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void describesWhatWasImportedWithoutItsKey() throws Exception {
    String id = imported(each -> each.privateKey(TestCertificates.ownKey()).description("ours"));

    DescribedCertificate certificate = described(id);

    assertThat(id).matches("cert-[0-9a-f]{17}");
    assertThat(certificate.arn()).endsWith(":certificate/" + id);
    assertThat(certificate.usage()).isEqualTo(CertificateUsageType.SIGNING);
    assertThat(certificate.status()).isEqualTo(CertificateStatusType.ACTIVE);
    assertThat(certificate.type()).isEqualTo(CertificateType.CERTIFICATE_WITH_PRIVATE_KEY);
    assertThat(certificate.certificate()).isEqualTo(TestCertificates.own());
    assertThat(certificate.certificateChain()).isNull();
    assertThat(certificate.serial()).isEqualTo("abcdef");
    assertThat(certificate.notBeforeDate()).isEqualTo(TestCertificates.FROM);
    assertThat(certificate.notAfterDate()).isEqualTo(TestCertificates.TO);
    assertThat(certificate.activeDate()).isEqualTo(TestCertificates.FROM);
    assertThat(certificate.inactiveDate()).isEqualTo(TestCertificates.TO);
    assertThat(certificate.description()).isEqualTo("ours");
    ApiServer.Reply raw = api.call("DescribeCertificate", "{\"CertificateId\":\"" + id + "\"}");
    assertThat(raw.whole().body()).doesNotContain("PRIVATE KEY-----");
    assertThat(raw.members().path("Certificate").path("ActiveDate").isIntegralNumber()).isTrue();
  }

  @Test
  void takesAChainInEitherPlace() {
    String chain = TestCertificates.authority();
    String apart =
        imported(each -> each.certificate(TestCertificates.issued()).certificateChain(chain));
    String together = imported(each -> each.certificate(TestCertificates.issued() + chain));

    for (String id : new String[] {apart, together}) {
      assertThat(described(id).certificate()).isEqualTo(TestCertificates.issued());
      assertThat(described(id).certificateChain()).isEqualTo(chain);
      assertThat(described(id).type()).isEqualTo(CertificateType.CERTIFICATE);
    }
    assertRefused(
        each -> each.certificate(TestCertificates.issued() + chain).certificateChain(chain),
        "there must be no CertificateChain");
    assertRefused(
        each -> each.certificate(chain + TestCertificates.issued()),
        "the one to import comes first");
  }

  @Test
  void refusesWhatIsNoCertificate() {
    assertRefused(each -> each.certificate("hello"), "Certificate has no certificate in PEM");
    assertRefused(
        each -> each.certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
        "Certificate has a damaged PEM certificate (number 1)");
    assertRefused(
        each -> each.certificate("-----BEGIN CERTIFICATE-----\n"),
        "Certificate has a PEM certificate without an end (number 1)");
    assertRefused(each -> each.certificateChain("hello"), "CertificateChain has no certificate");
  }

  @Test
  void wantsRsaKeysOf2048To4096Bits() {
    assertRefused(
        each -> each.certificate(TestCertificates.ofBits(2047)),
        "The certificate's RSA key has 2047 bits, not 2048 to 4096.");
    assertRefused(
        each -> each.certificate(TestCertificates.ofBits(4097)),
        "The certificate's RSA key has 4097 bits, not 2048 to 4096.");
    imported(each -> each.certificate(TestCertificates.ofBits(4096)));
  }

  @Test
  void takesEcKeysForAllButEncryption() {
    for (CertificateUsageType usage :
        List.of(CertificateUsageType.SIGNING, CertificateUsageType.TLS)) {
      imported(each -> each.certificate(TestCertificates.elliptic()).usage(usage));
    }
    assertRefused(
        each ->
            each.certificate(TestCertificates.elliptic()).usage(CertificateUsageType.ENCRYPTION),
        "The certificate's key is EC, and messages can be encrypted to RSA keys only.");
  }

  @Test
  void wantsTheKeyThatFits() {
    assertRefused(
        each -> each.privateKey(TestCertificates.otherKey()), "the private key does not fit");
    assertRefused(each -> each.privateKey("hello"), "PrivateKey holds no private key in PEM.");
    assertRefused(
        each -> each.privateKey(TestCertificates.own()), "PrivateKey holds no private key in PEM.");
  }

  @Test
  void wantsDatesInsideTheValidity() {
    Instant before = TestCertificates.FROM.minusSeconds(1);
    Instant after = TestCertificates.TO.plusSeconds(1);
    assertRefused(each -> each.activeDate(before), "is to be used from 2025-12-31T23:59:59Z");
    assertRefused(each -> each.inactiveDate(after), "to 2056-01-01T00:00:01Z");
    assertRefused(
        each -> each.activeDate(TestCertificates.TO).inactiveDate(TestCertificates.TO),
        "is valid from 2026-01-01T00:00:00Z to 2056-01-01T00:00:00Z");

    String id = imported(each -> {});
    assertThatThrownBy(
            () -> sdk.updateCertificate(each -> each.certificateId(id).inactiveDate(after)))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(described(id).inactiveDate()).isEqualTo(TestCertificates.TO);
  }

  @Test
  void updatesDatesAndDescription() {
    String id = imported(each -> each.description("old"));
    Instant from = Instant.parse("2026-06-01T00:00:00Z");

    sdk.updateCertificate(each -> each.certificateId(id).activeDate(from).description("new"));

    assertThat(described(id).activeDate()).isEqualTo(from);
    assertThat(described(id).inactiveDate()).isEqualTo(TestCertificates.TO);
    assertThat(described(id).description()).isEqualTo("new");
  }

  @Test
  void theStatusFollowsTheClock() throws Exception {
    Instant now = Instant.now();
    String id =
        imported(
            each -> each.activeDate(now.plusSeconds(3600)).inactiveDate(now.plusSeconds(7200)));
    String json = "{\"CertificateId\":\"" + id + "\"}";

    assertThat(described(id).status()).isEqualTo(CertificateStatusType.PENDING_ROTATION);
    sdk.updateCertificate(each ->
        each.certificateId(id).activeDate(now.minusSeconds(60)).inactiveDate(now.plusSeconds(200)));
    assertThat(described(id).status()).isEqualTo(CertificateStatusType.ACTIVE);
    api.clock.offset(Duration.ofSeconds(250));
    ApiServer.Reply reply = api.call("DescribeCertificate", json);
    assertThat(reply.members().path("Certificate").path("Status").asText()).isEqualTo("INACTIVE");
    assertThat(api.call("ListCertificates", "{}").members().at("/Certificates/0/Status").asText())
        .isEqualTo("INACTIVE");
  }

  @Test
  void listsWhatDistinguishesCertificates() {
    String id = imported(each -> each.description("ours"));

    ListedCertificate listed = sdk.listCertificates(each -> {}).certificates().get(0);

    assertThat(listed.certificateId()).isEqualTo(id);
    assertThat(listed.arn()).endsWith(":certificate/" + id);
    assertThat(listed.usage()).isEqualTo(CertificateUsageType.SIGNING);
    assertThat(listed.status()).isEqualTo(CertificateStatusType.ACTIVE);
    assertThat(listed.type()).isEqualTo(CertificateType.CERTIFICATE);
    assertThat(listed.description()).isEqualTo("ours");
    assertThat(listed.activeDate()).isEqualTo(TestCertificates.FROM);
    assertThat(listed.inactiveDate()).isEqualTo(TestCertificates.TO);
  }
}
