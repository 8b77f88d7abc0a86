package dev.as2.daemon;

import dev.as2.conformance.Capture;
import dev.as2.conformance.Peeled;
import dev.as2.conformance.Peeler;
import dev.as2.conformance.ReplayHtml;
import dev.as2.conformance.ReplayText;
import dev.as2.mime.EnvelopedInput.Recipient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code as2 conformance replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Take a captured message or answer apart, layer by layer, and say what is wrong with it.",
      ""
    },
    footer = {"", "Exit code 0 where nothing is wrong with it, otherwise 1."})
final class ConformanceReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description =
          "A request or answer as it went over the wire, or headers and body, as in .mdn files.")
  private Path file = Path.of("");

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "The receiver's certificate, whose key decrypts: PEM, DER or PKCS #12.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its key, where it is not in the same file.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "The key's password, where it has one (default: the variable AS2_KEY_PASSWORD).")
  private Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--partner-certificate",
      paramLabel = "FILE",
      description = "A certificate that may have signed; repeatable.")
  private List<Path> partnerCertificates = new ArrayList<>();

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page that shows it.")
  private Optional<Path> html = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Capture capture = Capture.read(file);
    List<X509Certificate> signers = TestKeys.certificates(partnerCertificates);
    Peeled peeled = new Peeler(recipients(), signers).peel(capture);
    ReplayText.print(capture, peeled, spec.commandLine().getOut());
    if (html.isPresent()) {
      ReplayHtml.write(String.valueOf(file.getFileName()), capture, peeled, html.get());
      spec.commandLine().getOut().println("Written to " + html.get());
    }
    return peeled.faults().isEmpty() ? 0 : Faults.FAILED;
  }

  private List<Recipient> recipients() throws IOException {
    if (certificate.isEmpty()) {
      return List.of();
    }
    KeyedCertificate ours =
        KeyedCertificate.read(certificate.get(), key, TestKeys.password(passwordFile));
    return ours.key().stream().map(k -> new Recipient(ours.certificate(), k)).toList();
  }
}
