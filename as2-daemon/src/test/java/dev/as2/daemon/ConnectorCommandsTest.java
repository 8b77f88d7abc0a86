package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Config.AsyncMdn;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.core.ServerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorCommandsTest {
  /** Two profiles with their keys, made once, as keys take their time. */
  @TempDir static Path made;

  private static String ourProfile = "";
  private static String theirProfile = "";

  @TempDir Path folder;
  private String local = "";
  private String partner = "";

  private Run run(Object... args) {
    return run(folder, args);
  }

  private static Run run(Path config, Object... args) {
    return Run.of(Stream.concat(Arrays.stream(args), Stream.of("--config", config)).toArray());
  }

  @BeforeAll
  static void makeProfiles() {
    String signing = certificate("SIGNING");
    String encryption = certificate("ENCRYPTION");
    ourProfile = profile("us", "LOCAL", "--certificate", signing);
    theirProfile =
        profile("them inc", "PARTNER", "--certificate", encryption, "--certificate", signing);
  }

  private static String profile(String name, String type, Object... certificates) {
    Object[] profile = {"profile", "create", "--as2-id", name, "--type", type};
    return run(made, Stream.concat(Arrays.stream(profile), Arrays.stream(certificates)).toArray())
        .value("Profile");
  }

  @BeforeEach
  void copyProfiles() throws IOException {
    local = ourProfile;
    partner = theirProfile;
    try (Stream<Path> files = Files.walk(made)) {
      for (Path each : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path copy = folder.resolve(made.relativize(each));
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(each, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static String certificate(String usage) {
    return run(made, "certificate", "create", "--name", "x", "--usage", usage, "--rsa-bits", 2048)
        .value("Certificate");
  }

  private Run create(Object... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "connector", "create", "--local-profile", local, "--partner-profile", partner),
                Arrays.stream(more))
            .toArray());
  }

  @Test
  void whatIsCreatedIsReadAgain() throws IOException {
    Run run =
        create(
            "--url",
            "https://x.example/as2",
            "--signing-algorithm",
            "SHA512",
            "--encryption-algorithm",
            "NONE",
            "--compression",
            "disabled",
            "--message-subject",
            "Hello",
            "--option",
            "as2:framing=CHUNKED",
            "--option",
            "as2:header:X-Note=a=b");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    Connector connector =
        ConfigFolder.open(folder, Map.of()).connector(new ConnectorId(run.value("Connector")));
    assertThat(connector.as2().encryptionAlgorithm()).isEmpty();
    assertThat(connector.as2().messageSubject()).contains("Hello");
    assertThat(connector.tags())
        .containsEntry("as2:framing", "CHUNKED")
        .containsEntry("as2:header:X-Note", "a=b");
  }

  @Test
  void anAsynchronousMdnHasAPlaceToGoTo() throws IOException {
    Run without = create("--url", "https://x.example/as2", "--mdn-response", "ASYNC");
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("MdnResponse ASYNC needs AsyncMdnConfig.Url");

    Run run =
        create(
            "--url",
            "https://x.example/as2",
            "--mdn-response",
            "ASYNC",
            "--async-mdn-url",
            "http://us.example:5080/mdn",
            "--async-mdn-server-id",
            "s-0123456789abcdef0");

    assertThat(run.exitCode()).as(run.err()).isZero();
    AsyncMdn mdn =
        ConfigFolder.open(folder, Map.of())
            .connector(new ConnectorId(run.value("Connector")))
            .as2()
            .asyncMdn()
            .orElseThrow();
    assertThat(mdn.url()).hasToString("http://us.example:5080/mdn");
    assertThat(mdn.serverIds()).containsExactly(new ServerId("s-0123456789abcdef0"));
  }

  @Test
  void refusesACipherThatItDoesNotKnow() {
    Run run = create("--url", "http://x.example/as2", "--encryption-algorithm", "ROT13");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("as2: --encryption-algorithm is 'ROT13', not one of AES128_");
  }

  @Test
  void showsEveryOptionAndThatNothingIsWrong() {
    String id = create("--url", "http://x.example/as2").value("Connector");

    Run run = run("connector", "show", id);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("\"ConnectorId\": \"" + id + "\"")
        .contains("No problems found.");
    for (ConnectorOption option : ConnectorOption.values()) {
      assertThat(run.out()).contains(option.tag());
    }
    assertThat(run("connector", "list").out())
        .isEqualTo(id + "  us -> them inc  http://x.example/as2%n".formatted());
  }

  @Test
  void showsThatAKeyIsMissing() throws IOException {
    String id = create("--url", "http://x.example/as2").value("Connector");
    try (Stream<Path> files = Files.list(folder.resolve("certificates"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".key.pem")).toList()) {
        Files.delete(file);
      }
    }

    Run run = run("connector", "show", id);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "Profile "
                + local
                + " (us) has no active SIGNING certificate with a private key; it has");
  }

  @Test
  void showsThatTrustHasNoCertificateToRestOn() {
    Run run = create("--url", "https://x.example/as2", "--option", "as2:trust=PINNED");

    String problem =
        "as2:trust is PINNED, and partner profile "
            + partner
            + " (them inc) has no active TLS certificate to recognise the server by.";
    assertThat(run.err()).isEqualTo("warning: " + problem + "%n".formatted());
    Run shown = run("connector", "show", run.value("Connector"));
    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.out()).contains(problem);
  }

  @Test
  void showsThatACertificateEndsSoon() {
    String soon =
        run("certificate", "create", "--name", "x", "--rsa-bits", 2048, "--days", 10)
            .value("Certificate");
    local =
        run("profile", "create", "--as2-id", "we", "--type", "LOCAL", "--certificate", soon)
            .value("Profile");

    assertThat(create("--url", "http://x.example/as2").err())
        .startsWith("warning: Certificate " + soon + " (SIGNING) is only used until ");
  }

  @Test
  void showsThatACertificateHasExpired() throws Exception {
    Tools.run(
        folder,
        "keytool -genkeypair -keystore ks -storepass s3cret -alias old -keyalg RSA -dname CN=old"
            + " -startdate -10d -validity 2");
    Tools.run(
        folder, "keytool -exportcert -rfc -keystore ks -storepass s3cret -alias old -file old.pem");
    String old =
        run("certificate", "import", folder.resolve("old.pem"), "--usage", "ENCRYPTION")
            .value("Certificate");
    partner =
        run("profile", "create", "--as2-id", "old", "--type", "PARTNER", "--certificate", old)
            .value("Profile");

    Run run = create("--url", "http://x.example/as2");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .containsPattern(
            "no active ENCRYPTION certificate; it has .*" + old + ".* to \\d{4}-\\d\\d-")
        .contains("has no active SIGNING certificate, so its signed MDN could not be verified.");
  }

  @Test
  void refusesAConnectorThatContradictsItself() {
    Run run = create("--url", "http://x.example/as2", "--encryption-algorithm", "NONE");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "as2: EncryptionAlgorithm NONE needs an https Url, and Url is"
                + " http://x.example/as2.%n".formatted());
    assertThat(folder.resolve("connectors")).doesNotExist();
  }

  @Test
  void refusesAProfileWithACertificateThatIsNotThere() {
    Run run =
        run(
            "profile",
            "create",
            "--as2-id",
            "us",
            "--type",
            "LOCAL",
            "--certificate",
            "cert-00000000000000000");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("as2: There is no certificate cert-00000000000000000;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"as2.acme.example/as2", "https://x.example/a b", "ftp://x", "http:///as2"})
  void saysWhatAUrlLooksLike(String url) {
    Run run = create("--url", url);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--url is '" + url + "', not a URL such as https://host/path: http or https");
  }

  @ParameterizedTest
  @CsvSource({
    "framing=CHUNKED, did you mean as2:framing?",
    "as2:framin=AUTO, did you mean as2:framing?",
    "as2:retry-delay=soon, 'not a time such as 500ms, 30s, 5m.'",
    "as2:framing, should be in KEY=VALUE format but was as2:framing."
  })
  void saysWhatIsWrongWithAnOption(String option, String sentence) {
    Run run = create("--url", "https://x.example/as2", "--option", option);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("as2: ").contains(sentence);
    assertThat(folder.resolve("connectors")).doesNotExist();
  }
}
