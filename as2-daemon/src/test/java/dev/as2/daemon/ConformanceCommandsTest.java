package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Handler;
import dev.as2.core.As2Id;
import dev.as2.core.As2Server;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.Receiver;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.mime.Headers;
import dev.as2.transport.NettyAs2Server;
import dev.as2.transport.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandsTest {
  private static final SelfSigned.Pair US = pair("us");
  private static final SelfSigned.Pair THEM = pair("them");

  @TempDir Path folder;

  private static final SelfSigned.Pair TLS =
      SelfSigned.create(Set.of(Usage.TLS), "localhost", Duration.ofDays(10), 2048);

  private static SelfSigned.Pair pair(String name) {
    return SelfSigned.create(Set.of(Usage.SIGNING), name, Duration.ofDays(10), 2048);
  }

  private Path certificate(String name, SelfSigned.Pair pair) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".pem"), CertificateText.pem(pair.certificate()));
  }

  private Path key(String name, SelfSigned.Pair pair) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".key.pem"),
        CertificateText.pem("PRIVATE KEY", pair.key().getEncoded()));
  }

  private As2Handler handler() {
    return new Receiver(
        new Receiver.Party(new As2Id("them"), THEM.key(), THEM.certificate()),
        new Receiver.Sender(new As2Id("us"), List.of(US.certificate())),
        folder,
        Clock.systemUTC());
  }

  private As2Server receiver() throws IOException {
    return NettyAs2Server.builder(handler())
        .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** One that wants {@code harness:secret}, over TLS. */
  private As2Server guarded() throws IOException {
    As2Handler open = handler();
    return NettyAs2Server.builder(request ->
            request.headers().first("Authorization").orElse("").equals("Basic aGFybmVzczpzZWNyZXQ=")
                ? open.handle(request)
                : new As2Handler.Answer(401, Headers.EMPTY, new byte[0]))
        .tls(new ServerTls(TLS.key(), List.of(TLS.certificate()), List.of()))
        .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private Run run(As2Server receiver, Object... more) throws IOException {
    return run("http", receiver, more);
  }

  private Run run(String scheme, As2Server receiver, Object... more) throws IOException {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "conformance",
                "run",
                "--url",
                scheme + "://localhost:" + receiver.address().getPort() + "/as2",
                "--as2-from",
                "us",
                "--as2-to",
                "them",
                "--certificate",
                certificate("us", US),
                "--key",
                key("us", US),
                "--partner-certificate",
                certificate("them", THEM)));
    words.addAll(List.of(more));
    return Run.of(words.toArray());
  }

  @Test
  void runSaysWhatAReceiverDoesAndWritesReports() throws IOException {
    try (As2Server receiver = receiver()) {
      Run run =
          run(
              receiver,
              "--scenario",
              "layers-signed-encrypted-signed-mdn",
              "--scenario",
              "micalg-unknown-required",
              "--report",
              folder.resolve("report"));

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("ok     layers-signed-encrypted-signed-mdn")
          .contains("warn   micalg-unknown-required")
          .contains("The endpoint accepted a message that requires an unknown MIC algorithm")
          .contains("2 scenarios: 1 passed, 0 failed, 1 with a warning");
      assertThat(folder.resolve("report")).isDirectoryContaining("glob:**/report.html");
      assertThat(folder.resolve("report")).isDirectoryContaining("glob:**/report.json");
      assertThat(folder.resolve("report")).isDirectoryContaining("glob:**/TEST-*.xml");
    }
  }

  @Test
  void runIsExitCodeOneWhereSomethingThatMustBeIsNot() throws IOException {
    try (As2Server receiver = receiver()) {
      Run run = run(receiver, "--scenario", "restart-head-unknown");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("FAIL   restart-head-unknown");
    }
  }

  @Test
  void runCountsWhatItWasNotGivenTheMeansFor() throws IOException {
    try (As2Server receiver = receiver()) {
      Run run = run(receiver, "--scenario", "async-signed");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("-      async-signed")
          .contains("Not run: give --mdn-url")
          .contains("1 scenarios: 0 passed, 0 failed, 0 with a warning, 1 not run");
    }
  }

  @Test
  void runAsksForAsynchronousMdnsWhereTheyCanCome() throws IOException {
    try (As2Server receiver = receiver()) {
      Run run =
          run(
              receiver,
              "--scenario",
              "async-signed",
              "--mdn-url",
              "http://localhost/mdn",
              "--mdn-port",
              "0");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("FAIL   async-signed").contains("answers with the MDN");
    }
  }

  @Test
  void runSendsUserAndPassword() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "secret\n");
    try (As2Server receiver = guarded()) {
      Run run =
          run(
              "https",
              receiver,
              "--tls-certificate",
              certificate("tls", TLS),
              "--user",
              "harness",
              "--user-password-file",
              password,
              "--scenario",
              "layers-signed-signed-mdn",
              "--scenario",
              "framing-octet-by-octet");

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("2 scenarios: 2 passed");
    }
  }

  @Test
  void runNeedsAPasswordForAUserAndTls() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "secret\n");
    try (As2Server receiver = receiver()) {
      Run without = run(receiver, "--user", "harness");
      Run plain = run(receiver, "--user", "harness", "--user-password-file", password);

      assertThat(without.exitCode()).isEqualTo(2);
      assertThat(without.err()).contains("--user needs a password");
      assertThat(plain.exitCode()).isEqualTo(2);
      assertThat(plain.err()).contains("go over https only").doesNotContain("secret");
    }
  }

  @Test
  void runSignsWithFurtherKeys() throws IOException {
    SelfSigned.Pair other =
        SelfSigned.create(Set.of(Usage.SIGNING), "us-4096", Duration.ofDays(10), 4096);
    Path signer =
        Files.writeString(
            folder.resolve("other.pem"),
            CertificateText.pem(other.certificate())
                + CertificateText.pem("PRIVATE KEY", other.key().getEncoded()));
    try (As2Server receiver = receiver()) {
      Run run = run(receiver, "--scenario", "signature-rsa-4096", "--signer", signer);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("note   signature-rsa-4096")
          .contains("does not take what is signed with a key of 4096 bits");
    }
  }

  @Test
  void runRefusesAScenarioThatThereIsNot() throws IOException {
    try (As2Server receiver = receiver()) {
      Run run = run(receiver, "--scenario", "nonsense");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("--scenario is none that there is: 'nonsense'");
    }
  }

  @Test
  void runSaysOnceThatNobodyIsThere() throws IOException {
    As2Server gone = receiver();
    gone.close();

    Run run = run(gone);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("as2: ").contains("localhost").hasLineCount(1);
  }

  @Test
  void replayTakesAMessageApart() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("message.http"),
            "POST /as2 HTTP/1.1\r\nAS2-From: us\r\nAS2-To: them\r\nMessage-ID: <1@us>\r\n"
                + "Content-Type: application/edi-x12\r\n\r\nISA~\r\n");
    Path page = folder.resolve("message.html");

    Run run = Run.of("conformance", "replay", file, "--html", page);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("1. payload")
        .contains("All its lines end with CRLF.")
        .contains("MIC, over the payload without its MIME headers:")
        .contains("Nothing is wrong with it.");
    assertThat(page).content().contains("application/edi-x12").doesNotContain("<script");
  }

  @Test
  void replaySaysWhatIsWrong() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("message.http"), "AS2-From: us\r\nContent-Length: 9\r\n\r\nISA~\r\n");

    Run run = Run.of("conformance", "replay", file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("! There is no AS2-To (RFC 4130 §6.2).")
        .contains("! Content-Length is 9, and the body has 6 bytes.");
  }

  @Test
  void serveSaysWhereItCannotListen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      Run run =
          Run.of(
              "conformance", "serve",
              "--port", taken.getLocalPort(),
              "--as2-id", "them",
              "--as2-from", "us",
              "--certificate", certificate("them", THEM),
              "--key", key("them", THEM),
              "--partner-certificate", certificate("us", US));

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).startsWith("as2: ");
    }
  }
}
