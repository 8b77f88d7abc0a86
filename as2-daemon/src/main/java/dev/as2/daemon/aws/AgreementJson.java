package dev.as2.daemon.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.Agreement;
import dev.as2.core.Agreement.BaseDirectory;
import dev.as2.core.Agreement.CustomDirectories;
import dev.as2.core.Agreement.Directories;
import dev.as2.core.Agreement.EnforceMessageSigning;
import dev.as2.core.Agreement.PreserveFilename;
import dev.as2.core.Agreement.Status;
import dev.as2.core.AgreementId;
import dev.as2.core.As2Exception;
import dev.as2.core.FolderPath;
import dev.as2.core.ProfileId;
import dev.as2.core.ReceiveFolders;
import dev.as2.core.ServerId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code aws transfer describe-agreement} prints, read and written. */
public final class AgreementJson {
  private static final String BASE = "BaseDirectory";
  private static final String CUSTOM = "CustomDirectories";

  private AgreementJson() {}

  /**
   * The agreement that is described.
   *
   * @throws As2Exception {@code INVALID_CONFIGURATION}, naming the member that is wrong
   */
  public static Agreement read(Members file) throws As2Exception {
    Members members = file.required("Agreement", file.object("Agreement"));
    file.end();
    members.text("Arn", AwsText.ARN);
    String id = id(members, "AgreementId", AwsText.AGREEMENT_ID);
    String server = id(members, "ServerId", AwsText.SERVER_ID);
    Optional<String> description = members.text("Description", AwsText.DESCRIPTION);
    Optional<Status> status = members.choice("Status", Status.class);
    String local = id(members, "LocalProfileId", AwsText.PROFILE_ID);
    String partner = id(members, "PartnerProfileId", AwsText.PROFILE_ID);
    Directories directories = directories(members);
    Optional<PreserveFilename> preserve =
        members.choice("PreserveFilename", PreserveFilename.class);
    Optional<EnforceMessageSigning> enforce =
        members.choice("EnforceMessageSigning", EnforceMessageSigning.class);
    Optional<String> accessRole = members.text("AccessRole", AwsText.ROLE);
    Map<String, String> tags = ConnectorJson.tags(members);
    members.end();
    return file.checked(() ->
        new Agreement(
            new AgreementId(id),
            new ServerId(server),
            description,
            status.orElse(Status.ACTIVE),
            new ProfileId(local),
            new ProfileId(partner),
            directories,
            preserve.orElse(PreserveFilename.DISABLED),
            enforce.orElse(EnforceMessageSigning.DISABLED),
            accessRole,
            tags));
  }

  private static String id(Members members, String name, AwsText type) throws As2Exception {
    return members.required(name, members.text(name, type));
  }

  private static Directories directories(Members members) throws As2Exception {
    Optional<String> base = members.text(BASE, AwsText.DIRECTORY);
    Optional<Members> custom = members.object(CUSTOM);
    if (base.isPresent() && custom.isPresent()) {
      throw members.fault(CUSTOM, "stands beside " + BASE + ", and only one of them can say where");
    }
    if (custom.isPresent()) {
      return new CustomDirectories(folders(custom.get()));
    }
    if (base.isEmpty()) {
      throw members.fault(BASE, "is missing, and so is " + CUSTOM);
    }
    return new BaseDirectory(folder(members, BASE));
  }

  private static ReceiveFolders folders(Members custom) throws As2Exception {
    ReceiveFolders folders =
        new ReceiveFolders(
            folder(custom, "PayloadFilesDirectory"),
            folder(custom, "MdnFilesDirectory"),
            folder(custom, "StatusFilesDirectory"),
            folder(custom, "FailedFilesDirectory"),
            folder(custom, "TemporaryFilesDirectory"));
    custom.end();
    return folders;
  }

  private static FolderPath folder(Members members, String name) throws As2Exception {
    String path = members.required(name, members.text(name, AwsText.DIRECTORY));
    try {
      return FolderPath.parse(path);
    } catch (IllegalArgumentException e) {
      throw members.fault(name, "cannot be used: " + e.getMessage());
    }
  }

  /** The description of an agreement as AWS prints it. */
  public static ObjectNode write(Agreement agreement) {
    ObjectNode node = Json.object();
    ObjectNode members = node.putObject("Agreement");
    members.put("AgreementId", agreement.id().value());
    agreement.description().ifPresent(text -> members.put("Description", text));
    members.put("Status", agreement.status().name());
    members.put("ServerId", agreement.serverId().value());
    members.put("LocalProfileId", agreement.localProfileId().value());
    members.put("PartnerProfileId", agreement.partnerProfileId().value());
    if (agreement.directories() instanceof BaseDirectory base) {
      members.put(BASE, base.path().toString());
    } else {
      write(agreement.directories().folders(), members.putObject(CUSTOM));
    }
    agreement.accessRole().ifPresent(arn -> members.put("AccessRole", arn));
    members.put("PreserveFilename", agreement.preserveFilename().name());
    members.put("EnforceMessageSigning", agreement.enforceMessageSigning().name());
    if (!agreement.tags().isEmpty()) {
      ArrayNode tags = members.putArray("Tags");
      new TreeMap<>(agreement.tags())
          .forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    }
    return node;
  }

  private static void write(ReceiveFolders folders, ObjectNode custom) {
    custom.put("FailedFilesDirectory", folders.failed().toString());
    custom.put("MdnFilesDirectory", folders.mdn().toString());
    custom.put("PayloadFilesDirectory", folders.payload().toString());
    custom.put("StatusFilesDirectory", folders.status().toString());
    custom.put("TemporaryFilesDirectory", folders.temporary().toString());
  }
}
