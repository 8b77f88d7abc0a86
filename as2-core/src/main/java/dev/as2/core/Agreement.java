package dev.as2.core;

import java.util.Map;
import java.util.Optional;

/**
 * What is received from one partner, and where it goes (AWS CreateAgreement).
 *
 * @param id its id
 * @param serverId the server at which messages arrive
 * @param description for people
 * @param status whether messages are taken
 * @param localProfileId who receives: the {@code AS2-To} of messages
 * @param partnerProfileId who sends: their {@code AS2-From}
 * @param directories where files go
 * @param preserveFilename whether a file keeps the name that its sender gave it
 * @param enforceMessageSigning whether unsigned messages are refused
 * @param accessRole the role under which stores are written, where stores know roles
 * @param tags all tags; those that begin with {@code as2:} are our options
 */
public record Agreement(
    AgreementId id,
    ServerId serverId,
    Optional<String> description,
    Status status,
    ProfileId localProfileId,
    ProfileId partnerProfileId,
    Directories directories,
    PreserveFilename preserveFilename,
    EnforceMessageSigning enforceMessageSigning,
    Optional<String> accessRole,
    Map<String, String> tags) {
  /**
   * @throws IllegalArgumentException where an option is wrong, or local and partner profile are the
   *     same
   */
  public Agreement {
    tags = Map.copyOf(tags);
    AgreementOptions.fromTags(tags);
    if (localProfileId.equals(partnerProfileId)) {
      throw new IllegalArgumentException(
          "LocalProfileId and PartnerProfileId are the same: " + localProfileId);
    }
  }

  /** Our options, with defaults for all that no tag sets. */
  public AgreementOptions options() {
    return AgreementOptions.fromTags(tags);
  }

  /** AWS AgreementStatusType. */
  public enum Status {
    ACTIVE,
    INACTIVE
  }

  /** AWS PreserveFilenameType. */
  public enum PreserveFilename {
    ENABLED,
    DISABLED
  }

  /** AWS EnforceMessageSigningType. */
  public enum EnforceMessageSigning {
    ENABLED,
    DISABLED
  }

  /** Where files go: below one folder, or into a folder for each kind. */
  public sealed interface Directories {
    /** The folder for each kind. */
    ReceiveFolders folders();
  }

  /**
   * AWS BaseDirectory: {@code processed}, {@code failed} and {@code processing} are below it.
   *
   * @param path the base
   */
  public record BaseDirectory(FolderPath path) implements Directories {
    @Override
    public ReceiveFolders folders() {
      return ReceiveFolders.below(path);
    }
  }

  /**
   * AWS CustomDirectories.
   *
   * @param folders each of them
   */
  public record CustomDirectories(ReceiveFolders folders) implements Directories {}
}
