package dev.as2.daemon;

import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code as2 certificate show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show a certificate of the configuration, or those in any file.")
final class CertificateShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(paramLabel = "ID|FILE", description = "cert-..., or a file in PEM, DER or PKCS #7.")
  private String what = "";

  @Option(names = "--pem", description = "Print PEM only, to give to partners.")
  private boolean pem;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (what.matches("cert-[0-9a-f]{17}")) {
      CertificateEntry entry = config.open().certificate(new CertificateId(what));
      if (pem) {
        out.print(CertificateText.pem(entry.certificate()));
      } else {
        CertificateReport.of(entry).print(out);
      }
      return 0;
    }
    byte[] octets = Sentences.octets(Path.of(what));
    List<X509Certificate> all;
    try {
      all = CertificateText.read(octets);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + " " + Sentences.message(e), e);
    }
    for (X509Certificate each : all) {
      if (pem) {
        out.print(CertificateText.pem(each));
      } else {
        CertificateReport.of(each).print(out);
        out.println();
      }
    }
    return 0;
  }
}
