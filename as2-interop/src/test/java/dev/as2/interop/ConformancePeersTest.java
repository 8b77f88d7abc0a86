package dev.as2.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.Catalogue;
import dev.as2.conformance.ConformanceRun;
import dev.as2.conformance.Endpoint;
import dev.as2.conformance.HtmlReport;
import dev.as2.conformance.MdnListener;
import dev.as2.conformance.Partner;
import dev.as2.conformance.Party;
import dev.as2.conformance.Profile;
import dev.as2.conformance.Report;
import dev.as2.conformance.Result;
import dev.as2.conformance.RunListener;
import dev.as2.conformance.Scenario;
import dev.as2.core.As2Id;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Timeouts;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.transport.NettyAs2Client;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The conformance scenarios against real products: what they are known to do otherwise is found,
 * row by row of {@code vectors/conformance.csv}, and nothing else.
 */
@Tag("large")
@ExtendWith(Peers.class)
final class ConformancePeersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<Profile> PROFILES =
      EnumSet.of(Profile.BASIC, Profile.DRUMMOND, Profile.ALGORITHMS);
  private static final Set<String> WITHOUT_KNOWN_MICALG =
      Set.of(
          "micalg-unknown-optional",
          "micalg-unknown-required",
          "options-missing",
          "options-unknown");

  @ParameterizedTest
  @EnumSource
  void findsWhatIsKnown(PeerProduct product, RunningPeers peers) throws IOException {
    Report report;
    CompletableFuture<MdnListener> mdns = new CompletableFuture<>();
    try (NettyAs2Client client = NettyAs2Client.builder().idleLifetime(Duration.ZERO).build();
        NettyAs2Server server =
            NettyAs2Server.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                request -> mdns.join().handle(request))) {
      mdns.complete(
          new MdnListener(
              URI.create("http://localhost:" + server.address().getPort() + "/mdn"), PATIENCE));
      report =
          new ConformanceRun(endpoint(peers, product), client, Clock.systemUTC())
              .withMdns(mdns.join())
              .play(scenarios(), RunListener.NONE);
    }

    HtmlReport.write(
        report, Files.createDirectories(Path.of("target")).resolve(product.folder() + ".html"));
    Map<String, String> known = known(product);
    assertThat(lines(found(report, known))).isEqualTo(lines(known));
  }

  private static String lines(Map<String, String> found) {
    return found.entrySet().stream()
        .map(each -> each.getKey() + ", " + each.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static List<Scenario> scenarios() {
    return Catalogue.all().stream()
        .filter(s -> PROFILES.stream().anyMatch(s.rule().profiles()::contains))
        .toList();
  }

  private static Endpoint endpoint(RunningPeers peers, PeerProduct product) {
    Peer peer = peers.peer(product);
    Identity ours = peers.ours();
    Timeouts plain = Timeouts.DEFAULT;
    return new Endpoint(
        peer.url(),
        new Party(new As2Id(ours.as2Id()), ours.key(), ours.certificate()),
        new Partner(new As2Id(peer.as2Id()), List.of(peer.signingCertificate())),
        new TransportOptions(
            new Timeouts(
                plain.connect(),
                plain.handshake(),
                Duration.ofSeconds(1),
                PATIENCE,
                PATIENCE,
                PATIENCE),
            false,
            Optional.empty(),
            Tls.DEFAULT));
  }

  private static Map<String, String> found(Report report, Map<String, String> known) {
    Map<String, String> found = new TreeMap<>();
    for (Result result : report.results()) {
      if (result.isFound()) {
        String id = result.scenario().id();
        String sentence = constant(result.findings().get(0).sentence());
        String expected = known.getOrDefault(id, "");
        String same = isInstead(sentence, id, expected) ? expected : sentence;
        if (!same.isEmpty()) {
          found.put(id, same);
        }
      }
    }
    return found;
  }

  /**
   * Where a product fails itself, it answers 500 or, now and then, closes the connection instead;
   * with some Java versions also where no MIC algorithm is named that it knows.
   */
  private static boolean isInstead(String sentence, String id, String known) {
    return sentence.startsWith("The endpoint gave no HTTP answer: The peer closed the connection")
        && (known.contains("HTTP status 500") || WITHOUT_KNOWN_MICALG.contains(id));
  }

  /** The sentence without what differs from run to run. */
  private static String constant(String sentence) {
    return sentence
        .replaceAll("<?[0-9a-f-]{36}@[0-9a-f]{16}>?", "<id>")
        .replaceAll("/mdn/[0-9a-f-]{36}", "/mdn/<place>")
        .replaceAll("\\d+\\.\\d+\\.\\d+\\.\\d+:\\d+", "The peer")
        .replaceAll("\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT", "<date>")
        .replaceAll("\\s+", " ");
  }

  private static Map<String, String> known(PeerProduct product) {
    Map<String, String> known = new TreeMap<>();
    for (Map<String, String> row : Table.rows("conformance.csv")) {
      if (row.getOrDefault("product", "").equals(product.folder())) {
        known.put(row.getOrDefault("scenario", ""), row.getOrDefault("what it does", ""));
      }
    }
    return known;
  }
}
