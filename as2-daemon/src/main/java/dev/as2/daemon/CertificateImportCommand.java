package dev.as2.daemon;

import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import dev.as2.daemon.aws.PrivateKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code as2 certificate import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Take a certificate, and the key that belongs to it, into the configuration.",
    footer = {
      "",
      "An encrypted key is kept as it is: its password is then read from AS2_KEY_PASSWORD, or"
          + " from certificates/<id>.password, where --password-file puts it."
    })
final class CertificateImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(paramLabel = "FILE", description = "PEM, DER, PKCS #7 (.p7b) or PKCS #12 (.p12).")
  private Path file = Path.of("");

  @Option(
      names = "--usage",
      required = true,
      paramLabel = "USAGE",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Usage usage = Usage.SIGNING;

  @Option(
      names = "--private-key",
      paramLabel = "KEY",
      description = "The key, where it is not in FILE: PKCS #8, PKCS #1 or SEC 1, PEM or DER.")
  private Optional<Path> privateKey = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The file with the key's password (default: the variable AS2_KEY_PASSWORD).")
  private Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--active-date",
      paramLabel = "TIME",
      description = {
        "Use it from then on (default: at once),",
        "for example 2027-01-31T00:00:00Z."
      })
  private Optional<OffsetDateTime> activeDate = Optional.empty();

  @Option(
      names = "--inactive-date",
      paramLabel = "TIME",
      description = "Use it until then (default: until it expires).")
  private Optional<OffsetDateTime> inactiveDate = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Optional<byte[]> password = password();
    KeyedCertificate found = KeyedCertificate.read(file, privateKey, password.map(this::text));
    CertificateEntry entry =
        new CertificateEntry(
            CertificateId.random(new SecureRandom()),
            usage,
            found.certificate(),
            found.chain(),
            found.key(),
            instant(activeDate).orElse(found.certificate().getNotBefore().toInstant()),
            instant(inactiveDate).orElse(found.certificate().getNotAfter().toInstant()));
    store(entry, found, password);
    CertificateReport.of(entry).print(spec.commandLine().getOut());
    return 0;
  }

  private void store(CertificateEntry entry, KeyedCertificate found, Optional<byte[]> password)
      throws IOException {
    ConfigWriter writer = config.writer();
    if (found.keyFile().isPresent()) {
      String extension = found.isPkcs12() ? ".p12" : ".key.pem";
      byte[] octets = Files.readAllBytes(found.keyFile().get());
      writer.secret(entry.id(), extension, found.isPkcs12() ? octets : PrivateKeys.toPem(octets));
      if (passwordFile.isPresent() && password.isPresent()) {
        writer.secret(entry.id(), ".password", password.get());
      }
    }
    Path written = writer.describe(entry);
    spec.commandLine().getOut().println("Written to " + written);
  }

  private Optional<byte[]> password() throws IOException {
    if (passwordFile.isPresent()) {
      return Optional.of(Files.readAllBytes(passwordFile.get()));
    }
    return Optional.ofNullable(System.getenv(KeyFolder.PASSWORD_VARIABLE))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private char[] text(byte[] password) {
    return new String(password, StandardCharsets.UTF_8).stripTrailing().toCharArray();
  }

  private static Optional<Instant> instant(Optional<OffsetDateTime> time) {
    return time.map(OffsetDateTime::toInstant);
  }
}
