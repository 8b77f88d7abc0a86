package dev.as2.daemon;

import dev.as2.conformance.Catalogue;
import dev.as2.conformance.ConformanceRun;
import dev.as2.conformance.Endpoint;
import dev.as2.conformance.Party;
import dev.as2.conformance.Profile;
import dev.as2.conformance.Report;
import dev.as2.conformance.Scenario;
import dev.as2.conformance.TableReport;
import dev.as2.core.As2Exception;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Timeouts;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.core.TransportOptions.Trust;
import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code as2 conformance run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Test a receiver: send it good, odd and damaged messages, and hold its answers against the"
          + " standard.",
      ""
    },
    footer = {
      "",
      "The receiver has to know the name of --as2-from with our certificate. Test messages"
          + " arrive there like any others: do not point this at a production endpoint.",
      "",
      "Exit code 0 where the endpoint does everything that it must, otherwise 1."
    })
final class ConformanceRunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TestKeys keys = new TestKeys();
  @Mixin private TestMdns mdns = new TestMdns();
  @Mixin private TestUser user = new TestUser();

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "Where the receiver takes messages.")
  private URI url = URI.create("");

  @Option(
      names = "--as2-from",
      required = true,
      paramLabel = "NAME",
      description = "Our AS2 name, which the receiver knows.")
  private String from = "";

  @Option(
      names = "--as2-to",
      required = true,
      paramLabel = "NAME",
      description = "The receiver's AS2 name.")
  private String to = "";

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "BASIC",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); repeatable.")
  private List<Profile> profiles = new ArrayList<>();

  @Option(
      names = "--scenario",
      paramLabel = "ID",
      description = "Play this scenario only, whatever its profile; repeatable.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--signer",
      paramLabel = "FILE",
      description =
          "Another certificate of ours with its key, which the receiver knows, too: PEM with both,"
              + " or PKCS #12; repeatable. For scenarios with keys that are EC or of 4096 bits.")
  private List<Path> signers = new ArrayList<>();

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "A certificate that the receiver may show, or that vouches for it; repeatable.")
  private List<Path> tlsCertificates = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = "--inbox",
      paramLabel = "DIR",
      description =
          "Where the receiver stores files, if that is on this machine: look at them, too.")
  private Optional<Path> inbox = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.html, report.json and TEST-as2-conformance.xml there.")
  private Optional<Path> reports = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Endpoint endpoint = endpoint();
    List<Scenario> scenarios = scenarios();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Testing %s as %s, which sends to %s%n%n", url, from, to);
    TableReport table = new TableReport(out);
    // An endpoint that closes connections after its answers fails no scenario by that.
    try (NettyAs2Client client = NettyAs2Client.builder().idleLifetime(Duration.ZERO).build()) {
      checkReachable(client, endpoint);
      ConformanceRun run =
          new ConformanceRun(endpoint, client, Clock.systemUTC()).withSigners(signers());
      Report report = play(run, scenarios, table);
      table.summary(report);
      if (reports.isPresent()) {
        TestReports.write(report, reports.get(), out);
      }
      return report.isConformant() ? 0 : Faults.FAILED;
    }
  }

  private Report play(ConformanceRun bare, List<Scenario> scenarios, TableReport table)
      throws IOException {
    ConformanceRun run = inbox.map(bare::withInbox).orElse(bare);
    Optional<TestMdns.Listening> listening = mdns.start();
    try {
      return listening.map(l -> run.withMdns(l.listener())).orElse(run).play(scenarios, table);
    } finally {
      listening.ifPresent(TestMdns.Listening::close);
    }
  }

  private List<Party> signers() throws IOException {
    List<Party> all = new ArrayList<>();
    for (Path file : signers) {
      all.add(keys.us(from, file));
    }
    return all;
  }

  /** Nobody wants to read a hundred times that there is nobody. */
  private static void checkReachable(NettyAs2Client client, Endpoint endpoint) throws As2Exception {
    Optional<Failure> failure = client.probe(endpoint.url(), endpoint.transport()).join().failure();
    if (failure.isPresent()) {
      throw new As2Exception(failure.get().code(), failure.get().message());
    }
  }

  private Endpoint endpoint() throws IOException {
    if (timeout < 1 || timeout > 3600) {
      throw new ParameterException(
          spec.commandLine(), "--timeout is " + timeout + ", not 1 to 3600 seconds");
    }
    return new Endpoint(url, keys.us(from), keys.them(to), transport(), user.credentials());
  }

  private TransportOptions transport() throws IOException {
    List<X509Certificate> trusted = TestKeys.certificates(tlsCertificates);
    Duration wait = Duration.ofSeconds(timeout);
    Timeouts plain = Timeouts.DEFAULT;
    return new TransportOptions(
        new Timeouts(
            plain.connect(), plain.handshake(), plain.continueWait(), wait, wait, plain.answer()),
        false,
        Optional.empty(),
        new Tls(Trust.DEFAULT, trusted, true, Optional.empty()));
  }

  private List<Scenario> scenarios() {
    for (String id : only) {
      if (Catalogue.named(id).isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--scenario is none that there is: '" + id + "'");
      }
    }
    return Catalogue.all().stream()
        .filter(s ->
            only.isEmpty()
                ? profiles.stream().anyMatch(s.rule().profiles()::contains)
                : only.contains(s.id()))
        .toList();
  }
}
