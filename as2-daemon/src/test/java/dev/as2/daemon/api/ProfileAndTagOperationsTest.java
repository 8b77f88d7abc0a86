package dev.as2.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.transfer.model.DescribedProfile;
import software.amazon.awssdk.services.transfer.model.InvalidRequestException;
import software.amazon.awssdk.services.transfer.model.ListedProfile;
import software.amazon.awssdk.services.transfer.model.ProfileType;
import software.amazon.awssdk.services.transfer.model.ResourceExistsException;
import software.amazon.awssdk.services.transfer.model.Tag;

class ProfileAndTagOperationsTest extends ApiFixture {
  private Partnership made;

  @BeforeEach
  void make() {
    made = Partnership.create(sdk);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private String arn(String rest) {
    return "arn:aws:transfer:eu-central-1:123456789012:" + rest;
  }

  private DescribedProfile local() {
    return sdk.describeProfile(each -> each.profileId(made.local())).profile();
  }

  @Test
  void describesAProfile() {
    DescribedProfile profile = local();

    assertThat(profile.arn()).isEqualTo(arn("profile/" + made.local()));
    assertThat(profile.profileId()).isEqualTo(made.local()).matches("p-[0-9a-f]{17}");
    assertThat(profile.profileType()).isEqualTo(ProfileType.LOCAL);
    assertThat(profile.as2Id()).isEqualTo("US");
    assertThat(profile.certificateIds()).containsExactly(made.certificate());
  }

  @Test
  void anIdIsGivenOnce() {
    api.random = () -> 7L;
    sdk.createProfile(each -> each.as2Id("A").profileType(ProfileType.LOCAL));

    assertThatThrownBy(
            () -> sdk.createProfile(each -> each.as2Id("B").profileType(ProfileType.LOCAL)))
        .isInstanceOfSatisfying(
            ResourceExistsException.class,
            e -> {
              assertThat(e.resource()).isEqualTo("p-00000000000000070");
              assertThat(e.resourceType()).isEqualTo("Profile");
            });
  }

  @Test
  void aPartnersNameMayHaveSpaces() {
    String id =
        sdk.createProfile(each -> each.as2Id("TWO WORDS").profileType(ProfileType.PARTNER))
            .profileId();

    assertThat(sdk.describeProfile(each -> each.profileId(id)).profile().as2Id())
        .isEqualTo("TWO WORDS");
  }

  @Test
  void updatesTheCertificatesAndNothingElse() {
    sdk.updateProfile(each -> each.profileId(made.local()));
    assertThat(local().certificateIds()).containsExactly(made.certificate());

    sdk.updateProfile(each -> each.profileId(made.local()).certificateIds(List.of()));
    assertThat(local().certificateIds()).isEmpty();
    assertThat(local().as2Id()).isEqualTo("US");
    sdk.deleteCertificate(each -> each.certificateId(made.certificate()));
  }

  @Test
  void listsProfilesOfOneTypePageByPage() {
    List<String> partners = new ArrayList<>(List.of(made.partner()));
    for (int i = 0; i < 5; i++) {
      String name = "P" + i;
      partners.add(
          sdk.createProfile(each -> each.as2Id(name).profileType(ProfileType.PARTNER)).profileId());
      sdk.createProfile(each -> each.as2Id(name).profileType(ProfileType.LOCAL));
    }

    assertThat(
            sdk.listProfilesPaginator(each -> each.profileType(ProfileType.PARTNER).maxResults(2))
                .profiles())
        .extracting(ListedProfile::profileId)
        .containsExactlyElementsOf(partners);
    assertThat(sdk.listProfiles(each -> {}).profiles()).hasSize(12);
    ListedProfile first = sdk.listProfiles(each -> each.maxResults(1)).profiles().get(0);
    assertThat(first.as2Id()).isEqualTo("US");
    assertThat(first.profileType()).isEqualTo(ProfileType.LOCAL);
    assertThat(first.arn()).isEqualTo(arn("profile/" + made.local()));
  }

  @Test
  void tagsAndUntagsAnything() {
    for (String arn :
        new String[] {
          arn("connector/" + made.connector()),
          arn("profile/" + made.local()),
          arn("certificate/" + made.certificate())
        }) {
      sdk.tagResource(each -> each.arn(arn).tags(tag("a", "1"), tag("b", "2")));
      sdk.tagResource(each -> each.arn(arn).tags(tag("b", "3"), tag("c", "")));
      sdk.untagResource(each -> each.arn(arn).tagKeys("a", "never"));

      assertThat(sdk.listTagsForResource(each -> each.arn(arn)).tags())
          .containsExactly(tag("b", "3"), tag("c", ""));
      assertThat(sdk.listTagsForResource(each -> each.arn(arn)).arn()).isEqualTo(arn);
    }
    assertThat(local().tags()).containsExactly(tag("b", "3"), tag("c", ""));
  }

  @Test
  void optionsAreTagsOfConnectorsOnly() {
    String connector = arn("connector/" + made.connector());
    sdk.tagResource(each -> each.arn(connector).tags(tag("as2:retry-attempts", "7")));
    assertThatThrownBy(
            () -> sdk.tagResource(each -> each.arn(connector).tags(tag("as2:retry-attempts", "x"))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("tag as2:retry-attempts is 'x', not 1 to 100.");
    assertThat(sdk.listTagsForResource(each -> each.arn(connector)).tags())
        .containsExactly(tag("as2:retry-attempts", "7"));

    sdk.tagResource(
        each -> each.arn(arn("profile/" + made.local())).tags(tag("as2:anything", "x")));
  }

  @Test
  void listsTagsPageByPage() {
    String arn = arn("profile/" + made.local());
    List<Tag> tags = IntStream.range(10, 60).mapToObj(i -> tag("k" + i, "v" + i)).toList();
    sdk.tagResource(each -> each.arn(arn).tags(tags));

    assertThat(sdk.listTagsForResourcePaginator(each -> each.arn(arn).maxResults(7)).tags())
        .containsExactlyElementsOf(tags);
    assertThat(sdk.listTagsForResource(each -> each.arn(arn)).nextToken()).isNull();
    assertThatThrownBy(() -> sdk.tagResource(each -> each.arn(arn).tags(tag("one", "more"))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("A resource has 50 tags at the most.");
  }
}
