package dev.as2.daemon;

import dev.as2.core.CertificateEntry.Usage;
import dev.as2.daemon.aws.CertificateText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.Tag;

/**
 * A company that trades by AS2, and what it sets up at its daemon for another one.
 *
 * @param as2Id its name
 * @param pair its key and certificate, for signatures and encryption
 */
record Firm(String as2Id, SelfSigned.Pair pair) {
  static final String SERVER = "s-0123456789abcdef0";
  private static final String ROLE = "arn:aws:iam::000000000000:role/as2";

  static Firm of(String as2Id) {
    return new Firm(
        as2Id,
        SelfSigned.create(
            Set.of(Usage.SIGNING, Usage.ENCRYPTION), as2Id, Duration.ofDays(30), 2048));
  }

  private String profile(TransferClient api, boolean ours) {
    List<String> certificates = new ArrayList<>();
    for (String usage : List.of("SIGNING", "ENCRYPTION")) {
      Optional<String> key =
          Optional.of(CertificateText.pem("PRIVATE KEY", pair.key().getEncoded()))
              .filter(any -> ours);
      certificates.add(
          api.importCertificate(request ->
                  request
                      .usage(usage)
                      .certificate(CertificateText.pem(pair.certificate()))
                      .privateKey(key.orElse(null)))
              .certificateId());
    }
    return api.createProfile(request ->
            request
                .as2Id(as2Id)
                .profileType(ours ? "LOCAL" : "PARTNER")
                .certificateIds(certificates))
        .profileId();
  }

  /** A connector of this firm's daemon to another firm. */
  String sendsTo(TransferClient api, Firm partner, String url) {
    String local = profile(api, true);
    String other = partner.profile(api, false);
    return api.createConnector(request ->
            request
                .url(url)
                .accessRole(ROLE)
                .as2Config(config ->
                    config
                        .localProfileId(local)
                        .partnerProfileId(other)
                        .compression("ZLIB")
                        .encryptionAlgorithm("AES256_CBC")
                        .signingAlgorithm("SHA256")))
        .connectorId();
  }

  /** An agreement of this firm's daemon with another firm. */
  String receivesFrom(TransferClient api, Firm partner, String folder, Tag... more) {
    List<Tag> tags = new ArrayList<>(List.of(more));
    tags.add(Tag.builder().key("team").value("edi").build());
    String local = profile(api, true);
    String other = partner.profile(api, false);
    return api.createAgreement(request ->
            request
                .serverId(SERVER)
                .localProfileId(local)
                .partnerProfileId(other)
                .baseDirectory(folder)
                .accessRole(ROLE)
                .tags(tags))
        .agreementId();
  }
}
