package dev.as2.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.As2ConnectorConfig;
import software.amazon.awssdk.services.transfer.model.CompressionEnum;
import software.amazon.awssdk.services.transfer.model.ConnectorEgressType;
import software.amazon.awssdk.services.transfer.model.ConnectorStatus;
import software.amazon.awssdk.services.transfer.model.DescribedConnector;
import software.amazon.awssdk.services.transfer.model.EncryptionAlg;
import software.amazon.awssdk.services.transfer.model.InvalidNextTokenException;
import software.amazon.awssdk.services.transfer.model.InvalidRequestException;
import software.amazon.awssdk.services.transfer.model.ListedConnector;
import software.amazon.awssdk.services.transfer.model.MdnResponse;
import software.amazon.awssdk.services.transfer.model.MdnSigningAlg;
import software.amazon.awssdk.services.transfer.model.PreserveContentType;
import software.amazon.awssdk.services.transfer.model.ResourceNotFoundException;
import software.amazon.awssdk.services.transfer.model.SigningAlg;
import software.amazon.awssdk.services.transfer.model.Tag;

class ConnectorOperationsTest extends ApiFixture {
  private Partnership made;

  @BeforeEach
  void make() {
    made = Partnership.create(sdk);
  }

  private DescribedConnector described() {
    return sdk.describeConnector(each -> each.connectorId(made.connector())).connector();
  }

  @Test
  void describesWhatWasCreatedWithItsDefaults() {
    DescribedConnector connector = described();

    assertThat(connector.connectorId()).isEqualTo(made.connector()).matches("c-[0-9a-f]{17}");
    assertThat(connector.arn())
        .isEqualTo("arn:aws:transfer:eu-central-1:123456789012:connector/" + made.connector());
    assertThat(connector.url()).isEqualTo(Partnership.URL);
    assertThat(connector.accessRole()).isEqualTo(Partnership.ROLE);
    assertThat(connector.egressType()).isEqualTo(ConnectorEgressType.SERVICE_MANAGED);
    assertThat(connector.status()).isEqualTo(ConnectorStatus.ACTIVE);
    assertThat(connector.tags()).isEmpty();
    As2ConnectorConfig as2 = connector.as2Config();
    assertThat(as2.localProfileId()).isEqualTo(made.local());
    assertThat(as2.partnerProfileId()).isEqualTo(made.partner());
    assertThat(as2.compression()).isEqualTo(CompressionEnum.DISABLED);
    assertThat(as2.mdnResponse()).isEqualTo(MdnResponse.SYNC);
    assertThat(as2.mdnSigningAlgorithm()).isEqualTo(MdnSigningAlg.DEFAULT);
    assertThat(as2.preserveContentType()).isEqualTo(PreserveContentType.DISABLED);
    assertThat(as2.basicAuthSecretId()).isNull();
  }

  @Test
  void keepsTagsAndRoles() {
    String id =
        sdk.createConnector(each ->
                each.url(Partnership.URL)
                    .accessRole(Partnership.ROLE)
                    .loggingRole("arn:aws:iam::123456789012:role/logs")
                    .as2Config(Partnership.config(made.local(), made.partner()).build())
                    .tags(tag("team", "orders"), tag("as2:framing", "CHUNKED")))
            .connectorId();

    DescribedConnector connector = sdk.describeConnector(each -> each.connectorId(id)).connector();

    assertThat(connector.loggingRole()).isEqualTo("arn:aws:iam::123456789012:role/logs");
    assertThat(connector.tags())
        .containsExactly(tag("as2:framing", "CHUNKED"), tag("team", "orders"));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void updatesMemberByMember() {
    sdk.updateConnector(each ->
        each.connectorId(made.connector())
            .as2Config(as2 -> as2.messageSubject("orders").basicAuthSecretId("as2/them")));
    sdk.updateConnector(each ->
        each.connectorId(made.connector())
            .url("https://as2.example/new")
            .as2Config(as2 -> as2.compression(CompressionEnum.ZLIB)));

    DescribedConnector connector = described();

    assertThat(connector.url()).isEqualTo("https://as2.example/new");
    assertThat(connector.accessRole()).isEqualTo(Partnership.ROLE);
    assertThat(connector.as2Config().compression()).isEqualTo(CompressionEnum.ZLIB);
    assertThat(connector.as2Config().messageSubject()).isEqualTo("orders");
    assertThat(connector.as2Config().basicAuthSecretId()).isEqualTo("as2/them");
    assertThat(connector.as2Config().encryptionAlgorithm()).isEqualTo(EncryptionAlg.AES256_CBC);
    assertThat(connector.as2Config().signingAlgorithm()).isEqualTo(SigningAlg.SHA256);
  }

  @Test
  void anEmptySecretIdClearsIt() {
    sdk.updateConnector(each ->
        each.connectorId(made.connector()).as2Config(as2 -> as2.basicAuthSecretId("as2/them")));
    sdk.updateConnector(
        each -> each.connectorId(made.connector()).as2Config(as2 -> as2.basicAuthSecretId("")));

    assertThat(described().as2Config().basicAuthSecretId()).isNull();
  }

  @Test
  void aRefusedUpdateChangesNothing() {
    DescribedConnector before = described();

    assertThatThrownBy(() ->
            sdk.updateConnector(each ->
                each.connectorId(made.connector())
                    .url("http://as2.example/")
                    .as2Config(as2 -> as2.encryptionAlgorithm(EncryptionAlg.NONE))))
        .isInstanceOf(InvalidRequestException.class);

    assertThat(described()).isEqualTo(before);
  }

  @Test
  void deletesAndForgets() {
    sdk.deleteConnector(each -> each.connectorId(made.connector()));

    assertThatThrownBy(this::described)
        .isInstanceOfSatisfying(
            ResourceNotFoundException.class,
            e -> {
              assertThat(e.resource()).isEqualTo(made.connector());
              assertThat(e.resourceType()).isEqualTo("Connector");
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("Connector " + made.connector() + " does not exist.");
              assertThat(e.requestId()).isNotEmpty();
            });
    // The profiles are free again.
    sdk.deleteProfile(each -> each.profileId(made.local()));
    sdk.deleteProfile(each -> each.profileId(made.partner()));
    sdk.deleteCertificate(each -> each.certificateId(made.certificate()));
  }

  private String another() {
    return sdk.createConnector(each ->
            each.url(Partnership.URL)
                .accessRole(Partnership.ROLE)
                .as2Config(Partnership.config(made.local(), made.partner()).build()))
        .connectorId();
  }

  @Test
  void listsPageByPage() {
    List<String> ids = new java.util.ArrayList<>(List.of(made.connector()));
    for (int i = 0; i < 4; i++) {
      ids.add(another());
    }

    assertThat(sdk.listConnectors(each -> {}).connectors())
        .extracting(ListedConnector::connectorId)
        .isEqualTo(ids);
    assertThat(sdk.listConnectors(each -> each.maxResults(5)).nextToken()).isNull();
    assertThat(sdk.listConnectorsPaginator(each -> each.maxResults(2)).connectors())
        .extracting(ListedConnector::connectorId)
        .containsExactlyElementsOf(ids);
    ListedConnector first = sdk.listConnectors(each -> each.maxResults(1)).connectors().get(0);
    assertThat(first.url()).isEqualTo(Partnership.URL);
    assertThat(first.arn()).endsWith(":connector/" + made.connector());
  }

  @Test
  void aListGoesOnAfterWhatWasDeletedMeanwhile() {
    String second = another();
    String token = sdk.listConnectors(each -> each.maxResults(1)).nextToken();
    sdk.deleteConnector(each -> each.connectorId(made.connector()));

    assertThat(sdk.listConnectors(each -> each.nextToken(token)).connectors())
        .extracting(ListedConnector::connectorId)
        .containsExactly(second);
  }

  @Test
  void aTokenIsGoodForItsOwnListOnly() {
    another();
    String token = sdk.listConnectors(each -> each.maxResults(1)).nextToken();

    assertThatThrownBy(() -> sdk.listProfiles(each -> each.nextToken(token)))
        .isInstanceOf(InvalidNextTokenException.class);
    for (String wrong : new String[] {"x", "MQ", token.substring(1), token + "AA", "===="}) {
      assertThatThrownBy(() -> sdk.listConnectors(each -> each.nextToken(wrong)))
          .as(wrong)
          .isInstanceOf(InvalidNextTokenException.class);
    }
    String forged = PageToken.after("ListConnectors?", "c-00000000000000000");
    assertThatThrownBy(() -> sdk.listConnectors(each -> each.nextToken(forged)))
        .isInstanceOf(InvalidNextTokenException.class);
  }

  @Test
  void hasAQuota() throws IOException {
    try (StateFolder empty = new StateFolder();
        ApiServer small = ApiServer.over(empty, new Quotas(1, 2, 1, 1_000));
        TransferClient client = small.sdk()) {
      Partnership all = Partnership.create(client);

      assertThatThrownBy(() ->
              client.createConnector(each ->
                  each.url(Partnership.URL)
                      .accessRole(Partnership.ROLE)
                      .as2Config(Partnership.config(all.local(), all.partner()).build())))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("There are 1 connectors already, as many as the quota allows.");
      assertThatThrownBy(() -> client.createProfile(each -> each.as2Id("X").profileType("PARTNER")))
          .hasMessageContaining("There are 2 profiles already");
      assertThatThrownBy(() ->
              client.importCertificate(
                  each -> each.usage("SIGNING").certificate(TestCertificates.own())))
          .hasMessageContaining("There are 1 certificates already");
    }
  }
}
