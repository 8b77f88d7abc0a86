package dev.as2.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.Profile;
import dev.as2.daemon.aws.CertificateJson;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.ConnectorJson;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.aws.NewFiles;
import dev.as2.daemon.aws.ProfileJson;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;

/** Adds to a configuration folder, making it where it is missing; never overwrites. */
final class ConfigWriter {
  private final Path root;

  ConfigWriter(Path root) {
    this.root = root;
  }

  private Path file(String kind, String name) {
    return root.resolve(Documents.folder(kind)).resolve(name);
  }

  /**
   * Adds a certificate with its key, which is written as PKCS #8 for its owner only.
   *
   * @return where the description is
   */
  Path certificate(CertificateEntry entry) throws IOException {
    Optional<PrivateKey> key = entry.privateKey();
    if (key.isPresent()) {
      key(entry.id(), ".key.pem", CertificateText.pem("PRIVATE KEY", key.get().getEncoded()));
    }
    return describe(entry);
  }

  /** Adds a certificate whose key file, if any, is already there. */
  Path describe(CertificateEntry entry) throws IOException {
    return add("Certificate", entry.id().value(), CertificateJson.write(entry));
  }

  private void key(CertificateId id, String extension, String text) throws IOException {
    NewFiles.writeSecret(file("Certificate", id + extension), text);
  }

  /** Adds a key or password file of a certificate as it is, for its owner only. */
  void secret(CertificateId id, String extension, byte[] octets) throws IOException {
    NewFiles.writeSecret(file("Certificate", id + extension), octets);
  }

  /** Adds a profile. */
  Path profile(Profile profile) throws IOException {
    return add("Profile", profile.id().value(), ProfileJson.write(profile));
  }

  /** Adds a connector; faults are those of reading it again. */
  Path connector(Connector connector) throws IOException {
    ObjectNode description = ConnectorJson.write(connector);
    ConnectorJson.read(Members.of("connector", description));
    return add("Connector", connector.id().value(), description);
  }

  private Path add(String kind, String id, ObjectNode description) throws IOException {
    Path file = file(kind, id + ".json");
    NewFiles.write(file, Json.pretty(description));
    return file;
  }
}
