package dev.as2.daemon;

import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code as2 certificate create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Make an RSA key with a self-signed certificate, to give to partners.")
final class CertificateCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--name",
      required = true,
      paramLabel = "CN",
      description = "The subject's common name, for example your company; for TLS the host name.")
  private String name = "";

  @Option(
      names = "--usage",
      paramLabel = "USAGE",
      defaultValue = "SIGNING",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Usage usage = Usage.SIGNING;

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      defaultValue = "730",
      description = "How long it is valid, 1 to 9125 (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--rsa-bits",
      paramLabel = "BITS",
      defaultValue = "3072",
      description = "Size of the key, 2048 to 4096 (default: ${DEFAULT-VALUE}).")
  private int bits;

  @Override
  public Integer call() throws IOException {
    check();
    CertificateEntry entry =
        SelfSigned.create(Set.of(usage), name, Duration.ofDays(days), bits)
            .entry(CertificateId.random(new SecureRandom()), usage);
    Path file = config.writer().certificate(entry);
    CertificateReport.of(entry).print(spec.commandLine().getOut());
    spec.commandLine().getOut().println("Written to " + file + ", the key beside it.");
    return 0;
  }

  private void check() {
    if (days < 1 || days > 9125) {
      throw new ParameterException(spec.commandLine(), "--days is " + days + ", not 1 to 9125");
    }
    if (bits < 2048 || bits > 4096 || bits % 8 != 0) {
      throw new ParameterException(
          spec.commandLine(), "--rsa-bits is " + bits + ", not a multiple of 8 from 2048 to 4096");
    }
    if (!name.matches("[ -~]{1,64}") || name.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--name is not 1 to 64 characters of printable ASCII");
    }
  }
}
