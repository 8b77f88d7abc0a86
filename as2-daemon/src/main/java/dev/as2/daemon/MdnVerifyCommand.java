package dev.as2.daemon;

import dev.as2.core.MdnProof.Wanted;
import dev.as2.core.Mic;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code as2 mdn verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verify a stored .mdn file offline: who signed it, what it says, and of which content.",
      ""
    },
    footer = {"", "Exit code 0 where the MDN is proof that the content was accepted, otherwise 1."})
final class MdnVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "A .mdn file as a transfer leaves it.")
  private Path file = Path.of("");

  @Option(
      names = "--certificate",
      paramLabel = "PEM",
      description = "A certificate that the partner may have signed with; repeatable.")
  private List<Path> certificates = new ArrayList<>();

  @Option(
      names = "--mic",
      paramLabel = "VALUE",
      description = "The MIC of what was sent, which the MDN's is to equal.")
  private Optional<String> mic = Optional.empty();

  @Option(
      names = "--unsigned",
      description = "No signed MDN was asked for: take one without a signature, too.")
  private boolean unsigned;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Optional<Mic> expected = expected();
    if (certificates.isEmpty() && !unsigned) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: --certificate=PEM (or --unsigned)");
    }
    List<X509Certificate> candidates = new ArrayList<>();
    for (Path each : certificates) {
      candidates.addAll(read(each));
    }
    StoredMdn mdn =
        StoredMdn.verify(mdn(), unsigned ? Wanted.UNSIGNED : Wanted.SIGNED, candidates, expected);
    if (json) {
      spec.commandLine().getOut().println(Json.line(mdn.json()));
    } else {
      mdn.print(spec.commandLine().getOut());
    }
    return mdn.isProof() ? 0 : Faults.FAILED;
  }

  private Optional<Mic> expected() {
    Optional<Mic> expected = mic.flatMap(Mic::parse);
    if (mic.isPresent() && expected.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--mic is no MIC: '" + mic.get() + "'");
    }
    return expected;
  }

  /** The file, where it begins as one that a transfer has written. */
  private byte[] mdn() throws IOException {
    byte[] octets = Sentences.octets(file);
    String firstLine =
        new String(octets, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    if (!firstLine.matches("[!-9;-~]+:.*")) {
      throw new IllegalArgumentException(
          file + " is no .mdn file: it does not begin with the headers of an answer");
    }
    return octets;
  }

  private static List<X509Certificate> read(Path file) throws IOException {
    byte[] octets = Sentences.octets(file);
    try {
      return CertificateText.read(octets);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " " + Sentences.message(e), e);
    }
  }
}
