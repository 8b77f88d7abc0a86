package dev.as2.daemon.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Config;
import dev.as2.core.As2Config.AsyncMdn;
import dev.as2.core.As2Config.Compression;
import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.As2Config.PreserveContentType;
import dev.as2.core.As2Exception;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ProfileId;
import dev.as2.core.ServerId;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code aws transfer describe-connector} prints, read and written. */
public final class ConnectorJson {
  private static final String NONE = "NONE";
  private static final List<String> CIPHERS = Members.names(As2Config.CIPHERS, NONE);
  private static final List<String> DIGESTS = Members.names(As2Config.DIGESTS, NONE);

  private ConnectorJson() {}

  /**
   * The connector that is described.
   *
   * @throws As2Exception {@code INVALID_CONFIGURATION}, naming the member that is wrong
   */
  public static Connector read(Members file) throws As2Exception {
    Members members = file.required("Connector", file.object("Connector"));
    file.end();
    tolerate(members);
    ConnectorId id =
        new ConnectorId(
            members.required("ConnectorId", members.text("ConnectorId", AwsText.CONNECTOR_ID)));
    String url = members.required("Url", members.text("Url", AwsText.URL));
    Optional<String> accessRole = members.text("AccessRole", AwsText.ROLE);
    Optional<String> loggingRole = members.text("LoggingRole", AwsText.ROLE);
    Map<String, String> tags = tags(members);
    Optional<Members> as2 = members.object("As2Config");
    members.end();
    As2Config config = as2Config(members.required("As2Config", as2), file);
    return file.checked(
        () -> new Connector(id, URI.create(url), config, accessRole, loggingRole, tags));
  }

  private static As2Config as2Config(Members as2, Members file) throws As2Exception {
    String local = as2.required("LocalProfileId", as2.text("LocalProfileId", AwsText.PROFILE_ID));
    String partner =
        as2.required("PartnerProfileId", as2.text("PartnerProfileId", AwsText.PROFILE_ID));
    Optional<String> subject = as2.text("MessageSubject", AwsText.SUBJECT);
    Optional<Compression> compression = as2.choice("Compression", Compression.class);
    // What protects a message is said, never assumed.
    String cipher = as2.required("EncryptionAlgorithm", as2.choice("EncryptionAlgorithm", CIPHERS));
    String digest = as2.required("SigningAlgorithm", as2.choice("SigningAlgorithm", DIGESTS));
    Optional<MdnSigningAlgorithm> mdnDigest =
        as2.choice("MdnSigningAlgorithm", MdnSigningAlgorithm.class);
    Optional<MdnResponse> mdn = as2.choice("MdnResponse", MdnResponse.class);
    Optional<PreserveContentType> preserve =
        as2.choice("PreserveContentType", PreserveContentType.class);
    Optional<String> secret = as2.text("BasicAuthSecretId", AwsText.SECRET_ID);
    Optional<AsyncMdn> asyncMdn = asyncMdn(as2, file);
    as2.end();
    return file.checked(() ->
        new As2Config(
            new ProfileId(local),
            new ProfileId(partner),
            subject,
            compression.orElse(Compression.DISABLED),
            Optional.of(cipher).filter(c -> !c.equals(NONE)).map(ContentCipher::valueOf),
            Optional.of(digest).filter(d -> !d.equals(NONE)).map(DigestAlgorithm::valueOf),
            mdnDigest.orElse(MdnSigningAlgorithm.DEFAULT),
            mdn.orElse(MdnResponse.SYNC),
            preserve.orElse(PreserveContentType.DISABLED),
            secret.filter(s -> !s.isEmpty()),
            asyncMdn));
  }

  private static Optional<AsyncMdn> asyncMdn(Members as2, Members file) throws As2Exception {
    Optional<Members> config = as2.object("AsyncMdnConfig");
    if (config.isEmpty()) {
      return Optional.empty();
    }
    Members async = config.get();
    String url = async.required("Url", async.text("Url", AwsText.URL));
    List<ServerId> servers =
        async.texts("ServerIds", AwsText.SERVER_ID).stream().map(ServerId::new).toList();
    async.end();
    return Optional.of(file.checked(() -> new AsyncMdn(URI.create(url), servers)));
  }

  /** The description of a connector as AWS prints it. */
  public static ObjectNode write(Connector connector) {
    ObjectNode node = Json.object();
    ObjectNode members = node.putObject("Connector");
    members.put("ConnectorId", connector.id().value());
    members.put("Url", connector.url().toString());
    write(connector.as2(), members.putObject("As2Config"));
    connector.accessRole().ifPresent(arn -> members.put("AccessRole", arn));
    connector.loggingRole().ifPresent(arn -> members.put("LoggingRole", arn));
    if (!connector.tags().isEmpty()) {
      ArrayNode tags = members.putArray("Tags");
      new TreeMap<>(connector.tags())
          .forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    }
    return node;
  }

  private static void write(As2Config as2, ObjectNode node) {
    node.put("LocalProfileId", as2.localProfileId().value());
    node.put("PartnerProfileId", as2.partnerProfileId().value());
    as2.messageSubject().ifPresent(text -> node.put("MessageSubject", text));
    node.put("Compression", as2.compression().name());
    node.put("EncryptionAlgorithm", as2.encryptionAlgorithm().map(Enum::name).orElse(NONE));
    node.put("SigningAlgorithm", as2.signingAlgorithm().map(Enum::name).orElse(NONE));
    node.put("MdnSigningAlgorithm", as2.mdnSigningAlgorithm().name());
    node.put("MdnResponse", as2.mdnResponse().name());
    as2.basicAuthSecretId().ifPresent(name -> node.put("BasicAuthSecretId", name));
    node.put("PreserveContentType", as2.preserveContentType().name());
    as2.asyncMdn().ifPresent(mdn -> write(mdn, node.putObject("AsyncMdnConfig")));
  }

  private static void write(AsyncMdn mdn, ObjectNode node) {
    node.put("Url", mdn.url().toString());
    if (!mdn.serverIds().isEmpty()) {
      ArrayNode servers = node.putArray("ServerIds");
      mdn.serverIds().forEach(id -> servers.add(id.value()));
    }
  }

  /** What AWS says of a connector and nothing here depends on. */
  private static void tolerate(Members members) throws As2Exception {
    members.text("Arn", AwsText.ARN);
    members.choice("Status", List.of("ACTIVE", "ERRORED", "PENDING"));
    members.text("ErrorMessage", AwsText.ANY);
    members.choice("EgressType", List.of("SERVICE_MANAGED", "VPC_LATTICE"));
    members.choice("IpAddressType", List.of("IPV4", "DUALSTACK"));
    members.texts("ServiceManagedEgressIpAddresses", AwsText.IP_ADDRESS);
    members.text("SecurityPolicyName", AwsText.SECURITY_POLICY);
    Optional<Members> egress = members.object("EgressConfig");
    if (egress.isPresent()) {
      Optional<Members> lattice = egress.get().object("VpcLattice");
      if (lattice.isPresent()) {
        lattice.get().text("ResourceConfigurationArn", AwsText.ARN);
        lattice.get().number("PortNumber", 1, 65_535);
        lattice.get().end();
      }
      egress.get().end();
    }
    if (members.object("SftpConfig").isPresent()) {
      throw members.fault("SftpConfig", "makes it an SFTP connector, which sends no AS2");
    }
  }

  /** AWS's list of {@code {"Key": ..., "Value": ...}}. */
  public static Map<String, String> tags(Members members) throws As2Exception {
    Map<String, String> tags = new TreeMap<>();
    for (Members tag : members.objects("Tags")) {
      String key = tag.required("Key", tag.text("Key", AwsText.TAG_KEY));
      String value = tag.required("Value", tag.text("Value", AwsText.TAG_VALUE));
      tag.end();
      if (tags.put(key, value) != null) {
        throw tag.fault("Key", "is '" + key + "', which another tag has too");
      }
    }
    return tags;
  }
}
