package dev.as2.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.Agreement;
import dev.as2.core.Agreement.Status;
import dev.as2.core.As2Exception;
import dev.as2.core.As2Id;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOptions.Framing;
import dev.as2.core.FailureCode;
import dev.as2.core.ProfileId;
import dev.as2.daemon.Tools;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.PrivateKeys;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceRegistryTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ConnectorId CONNECTOR = new ConnectorId("c-0123456789abcdef0");
  private static final ProfileId PROFILE = new ProfileId("p-0123456789abcdef1");
  private static final CertificateId CERTIFICATE = new CertificateId("cert-0123456789abcdef2");

  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private Database database;
  private SqlResources resources;
  private ResourceRegistry registry;

  @BeforeEach
  void open() throws IOException {
    database = Database.open("jdbc:sqlite:" + folder.resolve("state.db"));
    resources = resources();
    registry = new ResourceRegistry(resources, nanos::get);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** As another daemon would have it. */
  private SqlResources resources() throws IOException {
    MasterKey masterKey = MasterKey.file(folder.resolve("master.key"), RANDOM);
    return new SqlResources(database, Vault.open(database, masterKey, RANDOM), Clock.systemUTC());
  }

  private static Resource connector(String url) {
    ObjectNode members = Json.object().put("ConnectorId", CONNECTOR.value()).put("Url", url);
    members
        .putObject("As2Config")
        .put("LocalProfileId", PROFILE.value())
        .put("PartnerProfileId", "p-0123456789abcdef9")
        .put("EncryptionAlgorithm", "AES256_CBC")
        .put("SigningAlgorithm", "SHA256");
    return new Resource(
        Kind.CONNECTOR, CONNECTOR.value(), members, Map.of("as2:framing", "CHUNKED", "Team", "A"));
  }

  private String url() throws As2Exception {
    return registry.connector(CONNECTOR).url().toString();
  }

  @Test
  void readsAConnectorWithItsOptionsFromTags() throws IOException {
    resources.create(connector("https://a.example/"), Optional.empty());

    Connector connector = registry.connector(CONNECTOR);

    assertThat(connector.url()).hasToString("https://a.example/");
    assertThat(connector.options().packing().framing()).isEqualTo(Framing.CHUNKED);
    assertThat(connector.tags()).containsEntry("Team", "A");
    assertThat(registry.connector(CONNECTOR)).isSameAs(connector);
  }

  @Test
  void readsAProfile() throws IOException {
    ObjectNode members =
        Json.object()
            .put("ProfileId", PROFILE.value())
            .put("ProfileType", "LOCAL")
            .put("As2Id", "US");
    members.putArray("CertificateIds").add(CERTIFICATE.value());
    resources.create(
        new Resource(Kind.PROFILE, PROFILE.value(), members, Map.of()), Optional.empty());

    assertThat(registry.profile(PROFILE).as2Id().value()).isEqualTo("US");
    assertThat(registry.profile(PROFILE).certificateIds()).containsExactly(CERTIFICATE);
  }

  @Test
  void readsACertificateWithItsKeyAndEpochTimes() throws Exception {
    Tools.run(
        folder,
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=Us -days 30"
            + " -keyout key.pem -out certificate.pem");
    byte[] pem = Files.readAllBytes(folder.resolve("certificate.pem"));
    X509Certificate own = CertificateText.read(pem).get(0);
    long active = own.getNotBefore().toInstant().getEpochSecond();
    byte[] pkcs8 =
        PrivateKeys.read(Files.readAllBytes(folder.resolve("key.pem")), Optional::empty)
            .getEncoded();
    ObjectNode members =
        Json.object()
            .put("CertificateId", CERTIFICATE.value())
            .put("Usage", "SIGNING")
            .put("Certificate", CertificateText.pem(own))
            .put("ActiveDate", active);
    resources.create(
        new Resource(Kind.CERTIFICATE, CERTIFICATE.value(), members, Map.of()), Optional.of(pkcs8));

    CertificateEntry entry = registry.certificate(CERTIFICATE);

    assertThat(entry.certificate()).isEqualTo(own);
    assertThat(entry.activeDate().getEpochSecond()).isEqualTo(active);
    assertThat(entry.privateKey().orElseThrow().getEncoded()).isEqualTo(pkcs8);
  }

  @Test
  void seesEachChangeOfItsOwnProcessAtOnce() throws IOException {
    resources.create(connector("https://a.example/"), Optional.empty());
    assertThat(url()).isEqualTo("https://a.example/");

    resources.update(Kind.CONNECTOR, CONNECTOR.value(), any -> connector("https://b.example/"));
    assertThat(url()).isEqualTo("https://b.example/");

    resources.delete(Kind.CONNECTOR, CONNECTOR.value());
    assertMissing();
  }

  private void assertMissing() {
    assertThatThrownBy(this::url)
        .isInstanceOfSatisfying(
            As2Exception.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.CONNECTOR_NOT_FOUND))
        .hasMessage("There is no connector " + CONNECTOR + ".");
  }

  @Test
  void seesAnotherDaemonsChangeWhenItIsToldToOrAfterAMoment() throws IOException {
    SqlResources other = resources();
    other.create(connector("https://a.example/"), Optional.empty());
    assertThat(url()).isEqualTo("https://a.example/");

    other.update(Kind.CONNECTOR, CONNECTOR.value(), any -> connector("https://b.example/"));
    registry.refresh();
    assertThat(url()).isEqualTo("https://b.example/");

    other.update(Kind.CONNECTOR, CONNECTOR.value(), any -> connector("https://c.example/"));
    nanos.addAndGet(ResourceRegistry.FRESH.toNanos());
    assertThat(url()).isEqualTo("https://c.example/");

    other.delete(Kind.CONNECTOR, CONNECTOR.value());
    nanos.addAndGet(ResourceRegistry.FRESH.toNanos());
    assertMissing();
  }

  @Test
  void keepsWhatDidNotChange() throws IOException {
    resources.create(connector("https://a.example/"), Optional.empty());
    Connector before = registry.connector(CONNECTOR);

    resources.create(
        new Resource(Kind.PROFILE, "p-00000000000000000", Json.object(), Map.of()),
        Optional.empty());
    registry.refresh();

    assertThat(registry.connector(CONNECTOR)).isSameAs(before);
  }

  @Test
  void seesThatADeletionIsLongForgotten() throws IOException {
    resources().create(connector("https://a.example/"), Optional.empty());
    assertThat(url()).isEqualTo("https://a.example/");
    database.write(connection -> {
      new ResourceRows(connection).nextVersion();
      try (var delete = connection.createStatement()) {
        return delete.executeUpdate("DELETE FROM resource");
      }
    });

    nanos.addAndGet(SqlResources.TRACE.toNanos());

    assertMissing();
  }

  private static void profile(SqlResources into, String id, String as2Id, String type)
      throws IOException {
    ObjectNode members =
        Json.object().put("ProfileId", id).put("ProfileType", type).put("As2Id", as2Id);
    into.create(new Resource(Kind.PROFILE, id, members, Map.of()), Optional.empty());
  }

  private static Resource agreement(String id, String status) {
    ObjectNode members =
        Json.object()
            .put("AgreementId", id)
            .put("ServerId", "s-0123456789abcdef0")
            .put("LocalProfileId", PROFILE.value())
            .put("PartnerProfileId", "p-0123456789abcdef9")
            .put("BaseDirectory", "/in/them")
            .put("Status", status);
    return new Resource(Kind.AGREEMENT, id, members, Map.of("as2:enforce-encryption", "ON"));
  }

  private Optional<Agreement> named(String from, String to) throws As2Exception {
    return registry.agreement(new As2Id(from), new As2Id(to));
  }

  @Test
  void findsTheActiveAgreementOfTwoNames() throws IOException {
    SqlResources other = resources();
    profile(other, PROFILE.value(), "US", "LOCAL");
    assertThat(named("THEM", "US")).isEmpty();
    profile(resources, "p-0123456789abcdef9", "THEM", "PARTNER");
    resources.create(agreement("a-00000000000000001", "INACTIVE"), Optional.empty());
    assertThat(named("THEM", "US").orElseThrow().status()).isEqualTo(Status.INACTIVE);

    resources.create(agreement("a-00000000000000002", "ACTIVE"), Optional.empty());

    Agreement found = named("THEM", "US").orElseThrow();
    assertThat(found.id()).hasToString("a-00000000000000002");
    assertThat(found.options().enforceEncryption()).isTrue();
    assertThat(found.directories().folders().payload()).hasToString("/in/them/processed");
    assertThat(named("US", "THEM")).isEmpty();
    assertThat(named("them", "US")).isEmpty();
  }

  @Test
  void seesAnAgreementOfAnotherDaemonAfterARefresh() throws IOException {
    profile(resources, PROFILE.value(), "US", "LOCAL");
    profile(resources, "p-0123456789abcdef9", "THEM", "PARTNER");
    assertThat(named("THEM", "US")).isEmpty();
    resources().create(agreement("a-00000000000000001", "ACTIVE"), Optional.empty());
    assertThat(named("THEM", "US")).isEmpty();

    registry.refresh();

    assertThat(named("THEM", "US")).isPresent();
    resources().delete(Kind.AGREEMENT, "a-00000000000000001");
    nanos.addAndGet(ResourceRegistry.FRESH.toNanos());
    assertThat(named("THEM", "US")).isEmpty();
  }

  @Test
  void anAgreementThatCannotBeUsedIsNoneOfOthers() throws IOException {
    profile(resources, PROFILE.value(), "US", "LOCAL");
    profile(resources, "p-0123456789abcdef9", "THEM", "PARTNER");
    Resource broken = agreement("a-00000000000000001", "ACTIVE");
    broken.members().put("BaseDirectory", "inbox");
    resources.create(broken, Optional.empty());

    assertThatThrownBy(() -> named("THEM", "US"))
        .hasMessageStartingWith(
            "agreement a-00000000000000001: Agreement.BaseDirectory is 'inbox', not /bucket");
    assertThat(named("OTHER", "US")).isEmpty();
  }

  @Test
  void knowsTheHostsOfAPartner() throws IOException {
    ProfileId partner = new ProfileId("p-0123456789abcdef9");
    assertThat(registry.hosts(partner)).isEmpty();
    resources.create(connector("https://a.example:444/x"), Optional.empty());

    assertThat(registry.hosts(partner)).containsExactly("a.example");
    assertThat(registry.hosts(PROFILE)).isEmpty();
  }

  @Test
  void saysWhichMemberCannotBeUsed() throws IOException {
    resources.create(connector("ftp://a.example/"), Optional.empty());

    assertThatThrownBy(this::url)
        .isInstanceOfSatisfying(
            As2Exception.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION))
        .hasMessageStartingWith("connector " + CONNECTOR + ": Connector.Url is 'ftp:");
  }

  @Test
  void aDatabaseThatIsGoneIsAFaultThatPasses() throws IOException {
    resources.create(connector("https://a.example/"), Optional.empty());
    database.close();

    assertThatThrownBy(this::url)
        .isInstanceOfSatisfying(
            As2Exception.class, e -> assertThat(e.code()).isEqualTo(FailureCode.STORE_UNAVAILABLE))
        .hasMessageStartingWith("The connector " + CONNECTOR + " cannot be looked up: ");
  }
}
