package dev.as2.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.AgreementStatusType;
import software.amazon.awssdk.services.transfer.model.CustomDirectoriesType;
import software.amazon.awssdk.services.transfer.model.DescribedAgreement;
import software.amazon.awssdk.services.transfer.model.EnforceMessageSigningType;
import software.amazon.awssdk.services.transfer.model.InvalidRequestException;
import software.amazon.awssdk.services.transfer.model.ListedAgreement;
import software.amazon.awssdk.services.transfer.model.PreserveFilenameType;
import software.amazon.awssdk.services.transfer.model.ProfileType;
import software.amazon.awssdk.services.transfer.model.ResourceExistsException;
import software.amazon.awssdk.services.transfer.model.Tag;

class AgreementOperationsTest extends ApiFixture {
  private static final CustomDirectoriesType CUSTOM =
      CustomDirectoriesType.builder()
          .failedFilesDirectory("/inbox/failed")
          .mdnFilesDirectory("/inbox/mdn")
          .payloadFilesDirectory("/inbox/payload")
          .statusFilesDirectory("/inbox/status")
          .temporaryFilesDirectory("/inbox/temporary")
          .build();

  private Partnership made;

  @BeforeEach
  void make() {
    made = Partnership.create(sdk);
  }

  private DescribedAgreement described(String id) {
    return sdk.describeAgreement(each -> each.serverId(Partnership.SERVER).agreementId(id))
        .agreement();
  }

  private String partner(String name) {
    return sdk.createProfile(each -> each.as2Id(name).profileType(ProfileType.PARTNER)).profileId();
  }

  private String agreement(String server, String partner) {
    return sdk.createAgreement(each ->
            each.serverId(server)
                .localProfileId(made.local())
                .partnerProfileId(partner)
                .baseDirectory("/inbox")
                .accessRole(Partnership.ROLE))
        .agreementId();
  }

  @Test
  void describesWhatWasCreatedWithItsDefaults() {
    DescribedAgreement agreement = described(made.agreement());

    assertThat(agreement.agreementId()).isEqualTo(made.agreement()).matches("a-[0-9a-f]{17}");
    assertThat(agreement.arn())
        .isEqualTo(
            "arn:aws:transfer:eu-central-1:123456789012:agreement/%s/%s"
                .formatted(Partnership.SERVER, made.agreement()));
    assertThat(agreement.serverId()).isEqualTo(Partnership.SERVER);
    assertThat(agreement.localProfileId()).isEqualTo(made.local());
    assertThat(agreement.partnerProfileId()).isEqualTo(made.partner());
    assertThat(agreement.baseDirectory()).isEqualTo("/inbox/them");
    assertThat(agreement.customDirectories()).isNull();
    assertThat(agreement.accessRole()).isEqualTo(Partnership.ROLE);
    assertThat(agreement.status()).isEqualTo(AgreementStatusType.ACTIVE);
    assertThat(agreement.preserveFilename()).isEqualTo(PreserveFilenameType.DISABLED);
    assertThat(agreement.enforceMessageSigning()).isEqualTo(EnforceMessageSigningType.DISABLED);
    assertThat(agreement.description()).isNull();
    assertThat(agreement.tags()).isEmpty();
  }

  @Test
  void keepsAllThatIsSaid() {
    String other = partner("OTHER");
    String id =
        sdk.createAgreement(each ->
                each.serverId(Partnership.SERVER)
                    .localProfileId(made.local())
                    .partnerProfileId(other)
                    .customDirectories(CUSTOM)
                    .accessRole(Partnership.ROLE)
                    .description("orders-of-other")
                    .status(AgreementStatusType.INACTIVE)
                    .preserveFilename(PreserveFilenameType.ENABLED)
                    .enforceMessageSigning(EnforceMessageSigningType.ENABLED)
                    .tags(Tag.builder().key("as2:enforce-encryption").value("ON").build()))
            .agreementId();

    DescribedAgreement agreement = described(id);

    assertThat(agreement.customDirectories()).isEqualTo(CUSTOM);
    assertThat(agreement.baseDirectory()).isNull();
    assertThat(agreement.description()).isEqualTo("orders-of-other");
    assertThat(agreement.status()).isEqualTo(AgreementStatusType.INACTIVE);
    assertThat(agreement.preserveFilename()).isEqualTo(PreserveFilenameType.ENABLED);
    assertThat(agreement.enforceMessageSigning()).isEqualTo(EnforceMessageSigningType.ENABLED);
    assertThat(agreement.tags())
        .containsExactly(Tag.builder().key("as2:enforce-encryption").value("ON").build());
  }

  @Test
  void updatesMemberByMember() {
    String other = partner("OTHER");
    sdk.updateAgreement(
        each -> each.serverId(Partnership.SERVER).agreementId(made.agreement()).description("one"));
    sdk.updateAgreement(each ->
        each.serverId(Partnership.SERVER)
            .agreementId(made.agreement())
            .partnerProfileId(other)
            .enforceMessageSigning(EnforceMessageSigningType.ENABLED));

    DescribedAgreement agreement = described(made.agreement());

    assertThat(agreement.description()).isEqualTo("one");
    assertThat(agreement.partnerProfileId()).isEqualTo(other);
    assertThat(agreement.enforceMessageSigning()).isEqualTo(EnforceMessageSigningType.ENABLED);
    assertThat(agreement.baseDirectory()).isEqualTo("/inbox/them");
  }

  @Test
  void oneKindOfDirectoriesTakesThePlaceOfTheOther() {
    sdk.updateAgreement(each ->
        each.serverId(Partnership.SERVER).agreementId(made.agreement()).customDirectories(CUSTOM));
    assertThat(described(made.agreement()).customDirectories()).isEqualTo(CUSTOM);
    assertThat(described(made.agreement()).baseDirectory()).isNull();

    sdk.updateAgreement(each ->
        each.serverId(Partnership.SERVER).agreementId(made.agreement()).baseDirectory("/inbox/"));
    assertThat(described(made.agreement()).customDirectories()).isNull();
    assertThat(described(made.agreement()).baseDirectory()).isEqualTo("/inbox");
  }

  @Test
  void oneAgreementOfTwoNamesIsActive() {
    String sameName = partner("THEM");
    assertThatThrownBy(() -> agreement("s-00000000000000001", sameName))
        .isInstanceOfSatisfying(
            ResourceExistsException.class,
            e -> {
              assertThat(e.resource()).isEqualTo(made.agreement());
              assertThat(e.resourceType()).isEqualTo("Agreement");
            });

    status(made.agreement(), AgreementStatusType.INACTIVE);
    String second = agreement(Partnership.SERVER, sameName);
    assertThatThrownBy(() -> status(made.agreement(), AgreementStatusType.ACTIVE))
        .isInstanceOf(ResourceExistsException.class);
    status(second, AgreementStatusType.INACTIVE);
    status(made.agreement(), AgreementStatusType.ACTIVE);
    assertThat(described(made.agreement()).status()).isEqualTo(AgreementStatusType.ACTIVE);
  }

  private void status(String id, AgreementStatusType status) {
    sdk.updateAgreement(each -> each.serverId(Partnership.SERVER).agreementId(id).status(status));
  }

  @Test
  void listsThoseOfAServerPageByPage() {
    List<String> here = new ArrayList<>(List.of(made.agreement()));
    for (int i = 0; i < 5; i++) {
      here.add(agreement(Partnership.SERVER, partner("P" + i)));
      agreement("s-00000000000000001", partner("Q" + i));
    }

    assertThat(
            sdk.listAgreementsPaginator(each -> each.serverId(Partnership.SERVER).maxResults(2))
                .agreements())
        .extracting(ListedAgreement::agreementId)
        .containsExactlyElementsOf(here);
    ListedAgreement first =
        sdk.listAgreements(each -> each.serverId(Partnership.SERVER)).agreements().get(0);
    assertThat(first.arn()).isEqualTo(described(made.agreement()).arn());
    assertThat(first.serverId()).isEqualTo(Partnership.SERVER);
    assertThat(first.localProfileId()).isEqualTo(made.local());
    assertThat(first.partnerProfileId()).isEqualTo(made.partner());
    assertThat(first.status()).isEqualTo(AgreementStatusType.ACTIVE);
    assertThat(sdk.listAgreements(each -> each.serverId("s-00000000000000002")).agreements())
        .isEmpty();
  }

  @Test
  void itsProfilesAreInUseUntilItIsDeleted() {
    sdk.deleteConnector(each -> each.connectorId(made.connector()));
    for (String profile : List.of(made.local(), made.partner())) {
      assertThatThrownBy(() -> sdk.deleteProfile(each -> each.profileId(profile)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining(
              "Profile %s is still in use by agreement %s.".formatted(profile, made.agreement()));
    }

    sdk.deleteAgreement(each -> each.serverId(Partnership.SERVER).agreementId(made.agreement()));
    sdk.deleteProfile(each -> each.profileId(made.partner()));
    assertThat(sdk.listAgreements(each -> each.serverId(Partnership.SERVER)).agreements())
        .isEmpty();
  }

  @Test
  void thereIsAQuota() throws IOException {
    try (StateFolder empty = new StateFolder();
        ApiServer small = ApiServer.over(empty, new Quotas(1, 9, 1, 1, 1_000));
        TransferClient client = small.sdk()) {
      Partnership only = Partnership.create(client);

      assertThatThrownBy(() ->
              client.createAgreement(each ->
                  each.serverId(Partnership.SERVER)
                      .localProfileId(only.local())
                      .partnerProfileId(only.partner())
                      .status(AgreementStatusType.INACTIVE)
                      .baseDirectory("/inbox")
                      .accessRole(Partnership.ROLE)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("There are 1 agreements already, as many as the quota allows.");
    }
  }
}
