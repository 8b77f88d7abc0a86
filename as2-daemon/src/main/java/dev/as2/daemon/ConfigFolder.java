package dev.as2.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.BasicCredentials;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.FailureCode;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.core.Registry;
import dev.as2.core.Secrets;
import dev.as2.daemon.aws.CertificateJson;
import dev.as2.daemon.aws.ConnectorJson;
import dev.as2.daemon.aws.ProfileJson;
import dev.as2.daemon.aws.SecretFolder;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Connectors, profiles, certificates and secrets in a folder, each a JSON file as {@code aws
 * transfer describe-*} prints it.
 *
 * <p>Reads which ids there are when it is opened, and checks what an id describes when it is asked
 * for, so that one broken file stops nobody who does not need it. Does not see later changes of the
 * files' names or contents, except of keys and secrets. Safe for use by several threads.
 */
final class ConfigFolder implements Registry, Secrets {
  private final Path root;
  private final Documents connectors;
  private final Documents profiles;
  private final Documents certificates;
  private final KeyFolder keys;
  private final SecretFolder secrets;

  private ConfigFolder(Path root, Map<String, String> environment) throws IOException {
    this.root = root;
    this.connectors = Documents.read(root, "Connector");
    this.profiles = Documents.read(root, "Profile");
    this.certificates = Documents.read(root, "Certificate");
    this.keys = new KeyFolder(root.resolve(Documents.folder("Certificate")), environment);
    this.secrets = new SecretFolder(root.resolve("secrets"));
  }

  /**
   * Opens a folder.
   *
   * @param environment where the password of a key may be
   * @throws As2Exception {@code INVALID_CONFIGURATION} where there is no such folder
   */
  static ConfigFolder open(Path root, Map<String, String> environment) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          "There is no configuration folder "
              + root
              + "; name one with --config, or begin one with 'as2 certificate create'.");
    }
    return new ConfigFolder(root, environment);
  }

  Path root() {
    return root;
  }

  KeyFolder keys() {
    return keys;
  }

  @Override
  public Connector connector(ConnectorId id) throws As2Exception {
    return ConnectorJson.read(connectors.get(id.value()).members());
  }

  @Override
  public Profile profile(ProfileId id) throws As2Exception {
    return ProfileJson.read(profiles.get(id.value()).members());
  }

  @Override
  public CertificateEntry certificate(CertificateId id) throws As2Exception {
    CertificateEntry entry = CertificateJson.read(certificates.get(id.value()).members());
    Optional<PrivateKey> key;
    try {
      key = keys.key(id);
    } catch (As2Exception e) {
      throw e;
    } catch (IOException e) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          "The private key of " + id + " cannot be read: " + Sentences.of(e),
          e);
    }
    return key.isEmpty() ? entry : withKey(entry, key);
  }

  private CertificateEntry withKey(CertificateEntry entry, Optional<PrivateKey> key)
      throws As2Exception {
    try {
      return new CertificateEntry(
          entry.id(),
          entry.usage(),
          entry.certificate(),
          entry.chain(),
          key,
          entry.activeDate(),
          entry.inactiveDate());
    } catch (IllegalArgumentException e) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          KeyFolder.name(keys.file(entry.id()).orElse(root)) + ": " + e.getMessage() + ".",
          e);
    }
  }

  @Override
  public BasicCredentials credentials(String secretId) throws IOException {
    return secrets.credentials(secretId);
  }

  SecretFolder secrets() {
    return secrets;
  }

  /** The ids of all connectors, checked or not. */
  List<String> connectorIds() {
    return List.copyOf(connectors.ids());
  }

  /** What is wrong with files of connectors that have no id, a sentence each, by their names. */
  Map<String, String> brokenConnectors() {
    return connectors.broken();
  }

  /** The file of a connector, as it stands there. */
  ObjectNode connectorTree(ConnectorId id) throws As2Exception {
    return connectors.get(id.value()).tree();
  }
}
