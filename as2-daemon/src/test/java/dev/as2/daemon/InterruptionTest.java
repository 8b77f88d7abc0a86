package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, told to end while it sends; or left alone. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptionTest {
  @TempDir Path folder;
  private DemoState demo = new DemoState(Path.of(""));
  private Path file = Path.of("");

  @BeforeEach
  void configure() throws IOException {
    demo = DemoState.open(folder.resolve("demo"));
    file = Files.writeString(folder.resolve("850.edi"), "order");
  }

  private void connector(int port, String attempts) throws IOException {
    Path connector = demo.config().resolve("connectors/" + DemoState.CONNECTOR + ".json");
    String json = Files.readString(connector).replace(":4080/", ":" + port + "/");
    String one = "\"Value\": \"1\"";
    assertThat(json).contains(one);
    Files.writeString(
        connector,
        json.replace(
            one,
            "\"Value\": \"%s\" }, { \"Key\": \"as2:retry-delay\", \"Value\": \"1ms\""
                .formatted(attempts)));
  }

  private Process send() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // it lives for a second
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            As2Command.class.getName(),
            "send",
            "--config",
            demo.config().toString(),
            "--connector",
            DemoState.CONNECTOR.value(),
            file.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static String rest(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void leavesARecordAndSaysSo() throws Exception {
    try (ServerSocket partner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      connector(partner.getLocalPort(), "1");
      Process process = send();
      try (Socket accepted = partner.accept();
          BufferedReader request =
              new BufferedReader(
                  new InputStreamReader(accepted.getInputStream(), StandardCharsets.ISO_8859_1))) {
        assertThat(request.readLine()).startsWith("POST ");
        process.toHandle().destroy(); // which, unlike the process, leaves its output open
        String said = rest(process);

        assertThat(process.waitFor()).isNotZero();
        assertThat(said)
            .contains("as2: Interrupted")
            .contains("FAILED  " + file)
            .contains("CANCELLED")
            .doesNotContain("Exception", "\tat ");
        try (var all = Files.list(folder)) {
          List<Path> records = all.filter(f -> f.toString().endsWith(".edi.json")).toList();
          assertThat(records).hasSize(1);
          assertThat(records.get(0)).content().contains("\"CANCELLED\"");
          assertThat(said).contains(records.get(0).toString());
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void tellsOfEachAttemptThatFails() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    connector(port, "2");
    Process process = send();
    String said = rest(process);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said)
        .contains(file + ": attempt 1 of 2 failed: UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP: ")
        .contains(file + ": attempt 2 of 2 failed: ");
  }
}
