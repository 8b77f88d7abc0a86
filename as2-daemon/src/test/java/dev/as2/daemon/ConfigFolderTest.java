package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.As2Exception;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOptions.Framing;
import dev.as2.core.FailureCode;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.daemon.aws.ConnectorJson;
import dev.as2.daemon.aws.Members;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ConfigFolderTest {
  private static final ConnectorId CONNECTOR = new ConnectorId("c-0123456789abcdef0");
  private static final ProfileId PROFILE = new ProfileId("p-0123456789abcdef1");

  @TempDir Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    for (String kind : new String[] {"connectors", "profiles", "certificates"}) {
      Files.createDirectory(folder.resolve(kind));
    }
  }

  private ConfigFolder open() throws IOException {
    return ConfigFolder.open(folder, Map.of());
  }

  private void put(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
  }

  private static String vector(String name) throws IOException {
    try (InputStream in = ConfigFolderTest.class.getResourceAsStream("/vectors/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void readsAConnectorAsTheAwsCliPrintsIt() throws IOException {
    put("connectors/acme.json", vector("describe-connector.json"));

    Connector connector = open().connector(CONNECTOR);

    assertThat(connector.url()).hasToString("https://as2.example.com:4443/receive?x=1");
    assertThat(connector.as2().localProfileId()).isEqualTo(PROFILE);
    assertThat(connector.as2().messageSubject()).contains("Orders, from us");
    assertThat(connector.as2().encryptionAlgorithm()).contains(ContentCipher.AES256_CBC);
    assertThat(connector.as2().signingAlgorithm()).contains(DigestAlgorithm.SHA384);
    assertThat(connector.as2().mdnSigningAlgorithm()).isEqualTo(MdnSigningAlgorithm.DEFAULT);
    assertThat(connector.as2().basicAuthSecretId()).contains("aws/transfer/acme");
    assertThat(connector.accessRole()).contains("arn:aws:iam::123456789012:role/as2");
    assertThat(connector.options().packing().framing()).isEqualTo(Framing.CHUNKED);
    assertThat(connector.tags()).containsEntry("Team", "EDI");
  }

  @Test
  void writesAConnectorAsItIsRead() throws IOException {
    put("connectors/acme.json", vector("describe-connector.json"));
    Connector connector = open().connector(CONNECTOR);

    assertThat(ConnectorJson.read(Members.of("connector", ConnectorJson.write(connector))))
        .isEqualTo(connector);
  }

  @Test
  void readsAProfileAsTheAwsCliPrintsIt() throws IOException {
    put("profiles/us.json", vector("describe-profile.json"));

    Profile profile = open().profile(PROFILE);

    assertThat(profile.type()).isEqualTo(Profile.Type.LOCAL);
    assertThat(profile.as2Id().value()).isEqualTo("OUR-COMPANY");
    assertThat(profile.certificateIds())
        .containsExactly(
            new CertificateId("cert-0123456789abcdef2"),
            new CertificateId("cert-0123456789abcdef3"));
  }

  @Test
  void readsACertificateWithIsoTimesAndWithEpochNumbers() throws Exception {
    Tools.run(
        folder,
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=Acme -days 30"
            + " -keyout key.pem -out certificate.pem");
    String pem = Files.readString(folder.resolve("certificate.pem"));
    Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    Instant later = now.plusSeconds(86_400);
    String iso = "\"" + now.toString().replace("Z", ".000000+00:00") + "\"";
    for (String active : new String[] {iso, now.getEpochSecond() + ".0"}) {
      put(
          "certificates/a.json",
          vector("describe-certificate.json")
              .replace("@PEM@", pem.replace("\n", "\\n"))
              .replace("\"@ACTIVE@\"", active)
              .replace("\"@INACTIVE@\"", "\"" + later + "\""));

      CertificateEntry entry = open().certificate(new CertificateId("cert-0123456789abcdef2"));

      assertThat(entry.usage()).isEqualTo(CertificateEntry.Usage.SIGNING);
      assertThat(entry.activeDate()).isEqualTo(now);
      assertThat(entry.inactiveDate()).isEqualTo(later);
      assertThat(entry.privateKey()).isEmpty();
    }
  }

  /** Rows: kind of file, its content with ' for ", the sentence after the file's name. */
  @ParameterizedTest(name = "{2}")
  @CsvFileSource(
      resources = "/vectors/config-faults.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void saysWhichMemberIsWrongAndWhatItShouldBe(String kind, String content, String sentence)
      throws IOException {
    String json = content.replace('\'', '"');
    String good = "\"LocalProfileId\":\"p-0123456789abcdef1\"";
    put(kind + "s/x.json", json.replace("\"@PROFILES\"", good + PARTNER));

    assertThatThrownBy(() -> read(kind))
        .isInstanceOfSatisfying(
            As2Exception.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION))
        .hasMessageEndingWith(kind + "s/x.json" + sentence);
  }

  private static final String PARTNER = ",\"PartnerProfileId\":\"p-0123456789abcdef9\"";

  private void read(String kind) throws IOException {
    ConfigFolder config = open();
    switch (kind) {
      case "connector" -> config.connector(CONNECTOR);
      case "profile" -> config.profile(PROFILE);
      default -> config.certificate(new CertificateId("cert-0123456789abcdef2"));
    }
  }

  @Test
  void refusesTwoFilesWithOneId() throws IOException {
    put("profiles/a.json", vector("describe-profile.json"));
    put("profiles/b.json", vector("describe-profile.json"));

    assertThatThrownBy(() -> open().profile(PROFILE))
        .hasMessageContaining(
            "profiles/a.json and profiles/b.json have the same ProfileId p-0123456789abcdef1.");
  }

  @Test
  void saysWhichIdsThereAreInsteadOfTheOneAskedFor() throws IOException {
    put("profiles/a.json", vector("describe-profile.json"));

    assertThatThrownBy(() -> open().profile(new ProfileId("p-00000000000000000")))
        .isInstanceOfSatisfying(
            As2Exception.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.CONNECTOR_NOT_FOUND))
        .hasMessage("There is no profile p-00000000000000000; profiles/ has p-0123456789abcdef1.");
  }

  @Test
  void oneBrokenConnectorDoesNotHideAnother() throws IOException {
    put("connectors/acme.json", vector("describe-connector.json"));
    put("connectors/bad.json", "{\"Connector\":{\"ConnectorId\":\"c-0123456789abcdeff\"}}");

    assertThat(open().connector(CONNECTOR).id()).isEqualTo(CONNECTOR);
  }

  @Test
  void aFileThatIsNoJsonStopsOnlyThoseWhoMayMeanIt() throws IOException {
    put("connectors/acme.json", vector("describe-connector.json"));
    put("connectors/bad.json", "");
    put("profiles/bad.json", "{");

    assertThat(open().connector(CONNECTOR).id()).isEqualTo(CONNECTOR);
    assertThatThrownBy(() -> open().connector(new ConnectorId("c-00000000000000000")))
        .hasMessageContaining("There is no connector c-00000000000000000;")
        .hasMessageContaining("connectors/bad.json does not hold a JSON object.");
    Run list = Run.of("connector", "list", "--config", folder);
    assertThat(list.exitCode()).isZero();
    assertThat(list.out())
        .contains(CONNECTOR.value())
        .contains("connectors/bad.json  connectors/bad.json does not hold");
  }

  @Test
  void aFolderThatIsMissingIsOneSentence() {
    Path missing = folder.resolve("nowhere");

    assertThatThrownBy(() -> ConfigFolder.open(missing, Map.of()))
        .hasMessageStartingWith("There is no configuration folder " + missing + ";");
  }
}
