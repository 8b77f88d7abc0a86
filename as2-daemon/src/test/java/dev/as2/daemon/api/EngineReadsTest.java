package dev.as2.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Config.Compression;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOptions.Framing;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.daemon.state.ResourceRegistry;
import dev.as2.daemon.state.SqlResources;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.Tag;

class EngineReadsTest {
  @Test
  void theEngineFindsWhatTheApiMade() throws Exception {
    try (StateFolder state = new StateFolder()) {
      SqlResources resources = state.resources();
      Partnership made = make(state);
      ResourceRegistry registry = new ResourceRegistry(resources);

      Connector connector = registry.connector(new ConnectorId(made.connector()));
      assertThat(connector.url()).hasToString(Partnership.URL);
      assertThat(connector.as2().compression()).isEqualTo(Compression.ZLIB);
      assertThat(connector.options().packing().framing()).isEqualTo(Framing.CHUNKED);
      Profile profile = registry.profile(new ProfileId(made.local()));
      assertThat(profile.certificateIds()).containsExactly(new CertificateId(made.certificate()));
      CertificateEntry certificate = registry.certificate(new CertificateId(made.certificate()));
      assertThat(certificate.privateKey()).isPresent();
      assertThat(certificate.activeDate()).isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
    }
  }

  private static Partnership make(StateFolder state) throws Exception {
    try (ApiServer api = ApiServer.over(state);
        TransferClient sdk = api.sdk()) {
      Partnership made = Partnership.create(sdk);
      sdk.updateConnector(
          each -> each.connectorId(made.connector()).as2Config(as2 -> as2.compression("ZLIB")));
      sdk.tagResource(each ->
          each.arn("arn:aws:transfer:eu-central-1:123456789012:connector/" + made.connector())
              .tags(Tag.builder().key("as2:framing").value("CHUNKED").build()));
      sdk.updateCertificate(each ->
          each.certificateId(made.certificate()).activeDate(Instant.parse("2026-06-01T00:00:00Z")));
      return made;
    }
  }
}
