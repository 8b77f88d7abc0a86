package dev.as2.daemon.api;

import java.util.Map;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.As2ConnectorConfig;
import software.amazon.awssdk.services.transfer.model.CertificateUsageType;
import software.amazon.awssdk.services.transfer.model.EncryptionAlg;
import software.amazon.awssdk.services.transfer.model.ProfileType;
import software.amazon.awssdk.services.transfer.model.SigningAlg;

/** Everything that one connector and one agreement need, made through the API. */
record Partnership(
    String certificate, String local, String partner, String connector, String agreement) {
  static final String ROLE = "arn:aws:iam::123456789012:role/as2";
  static final String SERVER = "s-0123456789abcdef0";
  static final String URL = "https://as2.example/as2";

  static Partnership create(TransferClient sdk) {
    String certificate =
        sdk.importCertificate(each ->
                each.usage(CertificateUsageType.SIGNING)
                    .certificate(TestCertificates.own())
                    .privateKey(TestCertificates.ownKey()))
            .certificateId();
    String local =
        sdk.createProfile(
                each -> each.as2Id("US").profileType(ProfileType.LOCAL).certificateIds(certificate))
            .profileId();
    String partner =
        sdk.createProfile(each -> each.as2Id("THEM").profileType(ProfileType.PARTNER)).profileId();
    String connector =
        sdk.createConnector(
                each -> each.url(URL).accessRole(ROLE).as2Config(config(local, partner).build()))
            .connectorId();
    String agreement =
        sdk.createAgreement(each ->
                each.serverId(SERVER)
                    .localProfileId(local)
                    .partnerProfileId(partner)
                    .baseDirectory("/inbox/them")
                    .accessRole(ROLE))
            .agreementId();
    return new Partnership(certificate, local, partner, connector, agreement);
  }

  static As2ConnectorConfig.Builder config(String local, String partner) {
    return As2ConnectorConfig.builder()
        .localProfileId(local)
        .partnerProfileId(partner)
        .encryptionAlgorithm(EncryptionAlg.AES256_CBC)
        .signingAlgorithm(SigningAlg.SHA256);
  }

  /** What a table may write instead of ids, in requests and in sentences. */
  Map<String, String> names() {
    return Map.of(
        "@CERTIFICATE", certificate,
        "@LOCAL", local,
        "@PARTNER", partner,
        "@CONNECTOR", connector,
        "@AGREEMENT", agreement,
        "@ARN", "arn:aws:transfer:" + ApiServer.REGION + ":" + ApiServer.ACCOUNT + ":");
  }

  String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> each : names().entrySet()) {
      filled = filled.replace(each.getKey(), each.getValue());
    }
    return filled;
  }
}
