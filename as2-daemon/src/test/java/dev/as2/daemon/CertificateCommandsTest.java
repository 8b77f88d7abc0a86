package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateCommandsTest {
  @TempDir Path folder;

  private Path config() {
    return folder.resolve("config");
  }

  private Run run(Object... args) {
    return Run.of(Stream.concat(Arrays.stream(args), Stream.of("--config", config())).toArray());
  }

  private CertificateEntry entry(String id) throws IOException {
    return ConfigFolder.open(config(), Map.of()).certificate(new CertificateId(id));
  }

  @ParameterizedTest
  @EnumSource(CertificateEntry.Usage.class)
  void whatIsCreatedIsReadAgainWithItsKey(CertificateEntry.Usage usage) throws IOException {
    Run run =
        run(
            "certificate",
            "create",
            "--name",
            "acme.example",
            "--usage",
            usage,
            "--rsa-bits",
            2048);

    assertThat(run.exitCode()).as(run.err()).isZero();
    String id = run.value("Certificate");
    CertificateEntry entry = entry(id);
    assertThat(entry.usage()).isEqualTo(usage);
    assertThat(entry.privateKey()).isPresent();
    assertThat(entry.certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=acme.example");
    Path key = config().resolve("certificates").resolve(id + ".key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(run("certificate", "show", id).out()).contains("there, and it fits");
  }

  @Test
  void opensslAcceptsWhatIsCreated() throws Exception {
    String id =
        run("certificate", "create", "--name", "Acme", "--rsa-bits", 2048).value("Certificate");

    Tools.run(config(), "openssl rsa -check -noout -in certificates/" + id + ".key.pem");
    Files.writeString(folder.resolve("own.pem"), run("certificate", "show", id, "--pem").out());
    Tools.run(folder, "openssl verify -CAfile own.pem own.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rsa-bits=1024", "--rsa-bits=8192", "--days=0", "--usage=BOTH"})
  void refusesWhatNoPartnerShouldGet(String option) {
    Run run = run("certificate", "create", "--name", "Acme", option);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("as2: ").doesNotContain("Exception");
    assertThat(config()).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "openssl x509 -in certificate.pem -out made.pem",
        "openssl x509 -in certificate.pem -outform DER -out made.pem",
        "openssl crl2pkcs7 -nocrl -certfile certificate.pem -out made.pem",
        "openssl crl2pkcs7 -nocrl -certfile certificate.pem -outform DER -out made.pem"
      })
  void importsEveryFormOfACertificate(String command) throws Exception {
    Tools.makeKey(folder);
    Tools.run(folder, command);

    Run run = run("certificate", "import", folder.resolve("made.pem"), "--usage", "ENCRYPTION");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(entry(run.value("Certificate")).certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=Acme");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key.der",
        "openssl rsa -traditional -in key.pem -outform DER -out key.der",
        "openssl pkcs8 -topk8 -passout pass:s3cret -in key.pem -outform DER -out key.der"
      })
  void importsAKeyInDer(String command) throws Exception {
    Tools.makeKey(folder);
    Tools.run(folder, command);

    assertThatKeyIsImported();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "ec -pkeyopt ec_paramgen_curve:P-256, pkcs8 -topk8 -nocrypt -outform DER",
    "ec -pkeyopt ec_paramgen_curve:P-256, ec -outform DER",
    "ec -pkeyopt ec_paramgen_curve:P-256, ec",
    "ed25519, pkcs8 -topk8 -nocrypt -outform DER"
  })
  void importsKeysOtherThanRsa(String kind, String form) throws Exception {
    makeKey(kind);
    Tools.run(folder, "openssl " + form + " -in key.pem -out key.der");

    assertThatKeyIsImported();
  }

  private void makeKey(String kind) throws Exception {
    Tools.run(
        folder,
        "openssl req -x509 -newkey "
            + kind
            + " -nodes -subj /CN=Acme -keyout key.pem -out certificate.pem");
  }

  private void assertThatKeyIsImported() throws IOException {
    Files.writeString(folder.resolve("password"), "s3cret\n");

    Run run = importKey("certificate.pem", "key.der");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run("certificate", "show", run.value("Certificate")).out())
        .contains("there, and it fits");
  }

  private Run importKey(String certificate, String key) {
    return run(
        "certificate",
        "import",
        folder.resolve(certificate),
        "--usage",
        "SIGNING",
        "--private-key",
        folder.resolve(key),
        "--password-file",
        folder.resolve("password"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec -pkeyopt ec_paramgen_curve:P-256",
        "ec -pkeyopt ec_paramgen_curve:P-384",
        "ed25519",
        "rsa:2048"
      })
  void refusesAnEcKeyThatDoesNotFitItsCertificate(String other) throws Exception {
    makeKey(other);
    Files.move(folder.resolve("key.pem"), folder.resolve("other.pem"));
    makeKey("ec -pkeyopt ec_paramgen_curve:P-256");
    Files.writeString(folder.resolve("password"), "s3cret\n");

    Run run = importKey("certificate.pem", "other.pem");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("as2: the private key does not fit certificate cert-");
  }

  @Test
  void aKeyedCertificateDoesNotShowItsKey() throws Exception {
    Tools.makeKey(folder);
    KeyedCertificate found =
        KeyedCertificate.read(
            folder.resolve("certificate.pem"),
            Optional.of(folder.resolve("key.pem")),
            Optional.empty());

    assertThat(found)
        .hasToString("KeyedCertificate[CN=Acme with private key in " + folder + "/key.pem]");
  }

  @Test
  void importsAPkcs12FileAndItsPasswordForItsOwnerOnly() throws Exception {
    Tools.makeKey(folder);
    Tools.run(
        folder,
        "openssl pkcs12 -export -passout pass:s3cret -in certificate.pem -inkey key.pem -out a.p12");
    Files.writeString(folder.resolve("password"), "s3cret\n");

    Run run =
        run(
            "certificate",
            "import",
            folder.resolve("a.p12"),
            "--usage",
            "SIGNING",
            "--password-file",
            folder.resolve("password"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    String id = run.value("Certificate");
    assertThat(entry(id).privateKey()).isPresent();
    Path password = config().resolve("certificates").resolve(id + ".password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesAKeyThatDoesNotFitAndWritesNothing() throws Exception {
    Tools.makeKey(folder);
    Files.move(folder.resolve("certificate.pem"), folder.resolve("other.pem"));
    Tools.makeKey(folder);

    Run run =
        run(
            "certificate",
            "import",
            folder.resolve("other.pem"),
            "--usage",
            "SIGNING",
            "--private-key",
            folder.resolve("key.pem"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("as2: the private key does not fit certificate cert-");
    assertThat(config()).doesNotExist();
  }

  @Test
  void aKeyThatWasExchangedIsOneSentenceWithFileAndId() throws Exception {
    String id =
        run("certificate", "create", "--name", "Acme", "--rsa-bits", 2048).value("Certificate");
    Tools.makeKey(folder);
    Path key = config().resolve("certificates").resolve(id + ".key.pem");
    Files.copy(folder.resolve("key.pem"), key, StandardCopyOption.REPLACE_EXISTING);

    Run run = run("certificate", "show", id);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "as2: certificates/%1$s.key.pem: the private key does not fit certificate %1$s (CN=Acme).%n"
                .formatted(id));
  }

  @Test
  void showsTheCertificatesOfAnyFile() throws Exception {
    Tools.makeKey(folder);

    Run run = Run.of("certificate", "show", folder.resolve("certificate.pem"));

    assertThat(run.out()).contains("CN=Acme").contains("RSA 2048 bits").contains("29 days left");
  }

  @Test
  void saysThatAFolderIsNoFile() {
    String sentence = "as2: " + folder + " is a folder, not a file.";

    assertThat(Run.of("certificate", "show", folder).err()).startsWith(sentence);
    assertThat(Run.of("certificate", "import", folder, "--usage", "TLS").err())
        .startsWith(sentence);
    assertThat(Run.of("mdn", "verify", "--unsigned", folder).err()).startsWith(sentence);
  }

  @Test
  void saysThatAFileHoldsNoMdn() throws IOException {
    for (String content : new String[] {"", "{\n  \"a\": 1\n}\n", "garbage\n"}) {
      Path file = Files.writeString(folder.resolve("850.json"), content);

      Run run = Run.of("mdn", "verify", "--unsigned", file);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("as2: " + file + " is no .mdn file: ");
    }
  }
}
