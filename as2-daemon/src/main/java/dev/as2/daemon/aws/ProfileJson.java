package dev.as2.daemon.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.As2Id;
import dev.as2.core.CertificateId;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import java.util.List;

/** What {@code aws transfer describe-profile} prints, read and written. */
public final class ProfileJson {
  private ProfileJson() {}

  /**
   * The profile that is described.
   *
   * @throws As2Exception {@code INVALID_CONFIGURATION}, naming the member that is wrong
   */
  public static Profile read(Members file) throws As2Exception {
    Members members = file.required("Profile", file.object("Profile"));
    file.end();
    members.text("Arn", AwsText.ARN);
    String id = members.required("ProfileId", members.text("ProfileId", AwsText.PROFILE_ID));
    Profile.Type type =
        members.required("ProfileType", members.choice("ProfileType", Profile.Type.class));
    String as2Id = members.required("As2Id", members.text("As2Id", AwsText.AS2_ID));
    List<String> certificates = members.texts("CertificateIds", AwsText.CERTIFICATE_ID);
    ConnectorJson.tags(members);
    members.end();
    return file.checked(() ->
        new Profile(
            new ProfileId(id),
            type,
            new As2Id(as2Id),
            certificates.stream().map(CertificateId::new).toList()));
  }

  /** The description of a profile as AWS prints it. */
  public static ObjectNode write(Profile profile) {
    ObjectNode node = Json.object();
    ObjectNode members = node.putObject("Profile");
    members.put("ProfileId", profile.id().value());
    members.put("ProfileType", profile.type().name());
    members.put("As2Id", profile.as2Id().value());
    ArrayNode ids = members.putArray("CertificateIds");
    profile.certificateIds().forEach(id -> ids.add(id.value()));
    return node;
  }
}
