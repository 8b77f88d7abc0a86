package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Handler;
import dev.as2.core.Receiver;
import dev.as2.daemon.aws.Json;
import dev.as2.mime.Headers;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the demonstration's partner, at an address that the configuration names. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SendCommandTest {
  @TempDir Path folder;
  private DemoState demo = new DemoState(Path.of(""));
  private NettyAs2Server server;

  @BeforeEach
  void startPartner() throws IOException {
    demo = DemoState.open(folder.resolve("demo"));
    server =
        NettyAs2Server.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), demo.partner());
    Path connector = demo.config().resolve("connectors/" + DemoState.CONNECTOR + ".json");
    Files.writeString(
        connector,
        Files.readString(connector).replace(":4080/", ":" + server.address().getPort() + "/"));
    Files.createDirectories(folder.resolve("store/orders"));
    Files.writeString(
        demo.config().resolve("stores.json"),
        "{\"Buckets\": {\"out\": {\"Type\": \"LOCAL\", \"Root\": \""
            + folder.resolve("store")
            + "\"}}}");
    Files.writeString(folder.resolve("store/orders/1.edi"), "one");
    Files.writeString(folder.resolve("store/orders/2.edi"), "two");
  }

  @AfterEach
  void stopPartner() {
    server.close();
  }

  private Run send(Object... args) {
    Object[] all = new Object[args.length + 5];
    System.arraycopy(
        new Object[] {"send", "--config", demo.config(), "--connector", DemoState.CONNECTOR},
        0,
        all,
        0,
        5);
    System.arraycopy(args, 0, all, 5, args.length);
    return Run.of(all);
  }

  @Test
  void sendsSeveralFilesInOneTransfer() {
    Run run = send("--json", "/out/orders/1.edi", "out/orders/2.edi");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    List<ObjectNode> records = run.out().lines().map(Json::parse).toList();
    assertThat(records).hasSize(2);
    assertThat(records)
        .allSatisfy(record -> {
          assertThat(record.path("status-code").asText()).isEqualTo("COMPLETED");
          assertThat(record.path("mic-match").asText()).isEqualTo("rfc");
        });
    assertThat(records.get(0).path("transfer-id")).isEqualTo(records.get(1).path("transfer-id"));
    assertThat(demo.received().resolve("1.edi")).hasContent("one");
    assertThat(demo.received().resolve("2.edi")).hasContent("two");
  }

  @Test
  void saysHowEachFileWent() {
    Run run = send("/out/orders/1.edi", "/out/orders/missing.edi");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("COMPLETED  /out/orders/1.edi")
        .contains("automatic-action/MDN-sent-automatically; processed")
        .contains("FAILED  /out/orders/missing.edi")
        .contains("SEND_FILE_NOT_FOUND")
        .contains("Check the path");
  }

  @Test
  void printsEachOutcomeAsItEndsAndNotAfterTheLast() throws IOException {
    server.close();
    CountDownLatch printed = new CountDownLatch(1);
    AtomicInteger arrived = new AtomicInteger();
    Receiver partner = demo.partner();
    As2Handler secondWaits =
        request -> {
          if (arrived.incrementAndGet() == 2 && !awaits(printed)) {
            return new As2Handler.Answer(503, Headers.EMPTY, new byte[0]);
          }
          return partner.handle(request);
        };
    StringWriter out =
        new StringWriter() {
          @Override
          public void write(String text, int offset, int length) {
            super.write(text, offset, length);
            if (text.contains("COMPLETED")) {
              printed.countDown();
            }
          }
        };
    server = NettyAs2Server.start(server.address(), secondWaits);
    int exitCode =
        As2Command.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute(
                "send",
                "--config",
                demo.config().toString(),
                "--connector",
                DemoState.CONNECTOR.toString(),
                "/out/orders/1.edi",
                "/out/orders/2.edi");

    assertThat(exitCode).as(out.toString()).isZero();
    assertThat(out.toString()).contains("/orders/1.edi").contains("/orders/2.edi");
  }

  private static boolean awaits(CountDownLatch latch) throws IOException {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the server ends");
    }
  }

  @Test
  void warnsOfAKeyThatOthersCanRead() throws IOException {
    assertThat(send("/out/orders/1.edi").err()).isEmpty();
    Path key = demo.config().resolve("certificates/cert-00000000000000de1.key.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

    Run run = send("/out/orders/1.edi");

    String warning =
        "certificates/cert-00000000000000de1.key.pem can be read by others than its owner; chmod"
            + " 600 prevents that.";
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("warning: " + warning + "%n".formatted());
    Run shown = Run.of("connector", "show", DemoState.CONNECTOR, "--config", demo.config());
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out()).contains("Warning: " + warning);
  }

  @Test
  void aMissingFileLeavesARecord() throws IOException {
    Run run = send("--json", "/out/orders/missing.edi");

    assertThat(run.exitCode()).isEqualTo(1);
    String record = Json.parse(run.out()).path("json-file").asText();
    assertThat(record).startsWith("/out/orders/missing.").endsWith(".edi.json");
    assertThat(folder.resolve("store").resolve(record.substring("/out/".length()))).exists();
  }

  @Test
  void sendsALocalFileAndWritesTheResultsBesideIt() throws IOException {
    Path file = Files.writeString(folder.resolve("local.edi"), "local");

    Run run = send("file:" + file);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("COMPLETED  " + file).contains(folder + "/local.");
    assertThat(demo.received().resolve("local.edi")).hasContent("local");
  }

  @Test
  void takesAnAbsolutePathForALocalFileWhereNoBucketIsNamedSo() throws IOException {
    Path file = Files.writeString(folder.resolve("absolute.edi"), "absolute");

    Run run = send(file, "--json");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(Json.parse(run.out()).path("file-path").asText()).isEqualTo(file.toString());
    assertThat(demo.received().resolve("absolute.edi")).hasContent("absolute");
  }

  @Test
  void saysWhereItLookedForANameWithoutFolder() {
    Run run = send("pom.xml.is.not.here");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("pom.xml.is.not.here is neither a local file nor in a bucket of stores.json.");
  }

  @Test
  void aBrokenStoresJsonDoesNotStopALocalFile() throws IOException {
    Files.writeString(demo.config().resolve("stores.json"), "{");
    Path file = Files.writeString(folder.resolve("local.edi"), "local");

    assertThat(send(file).exitCode()).isZero();
    assertThat(send("/out/orders/1.edi").err()).contains("stores.json is not JSON");
  }

  @Test
  void saysThatAFolderIsNoFile() {
    assertThat(send(folder).err()).contains(folder + " is a folder, not a file.");
    assertThat(send("file:" + folder).err()).contains(folder + " is a folder, not a file.");
  }

  @Test
  void saysWhereItLookedForAPathThatIsNowhere() {
    Path missing = folder.resolve("missing.edi");

    Run run = send(missing);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(missing + " is neither a local file nor in a bucket of stores.json.");
    assertThat(send("file:" + missing).out()).contains("There is no file " + missing);
  }

  @Test
  void aBucketOfStoresJsonComesBeforeALocalFile() throws IOException {
    Path file = Files.writeString(folder.resolve("both.edi"), "both");
    String top = file.getName(0).toString();
    Files.writeString(
        demo.config().resolve("stores.json"),
        "{\"Buckets\": {\"%s\": {\"Type\": \"LOCAL\", \"Root\": \"%s\"}}}"
            .formatted(top, folder.resolve("store")));

    assertThat(send("/" + top + "/orders/1.edi").exitCode()).isZero();
    Run local = send("file:" + file);
    assertThat(local.exitCode()).isZero();
    assertThat(local.out()).contains("COMPLETED  " + file).doesNotContain("file:");
  }

  @Test
  void refusesAPathThatLeavesItsBucketBeforeAnythingIsSent() {
    Run run = send("/out/orders/1.edi", "/out/../../etc/passwd");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("segment '..'");
    assertThat(demo.received()).isEmptyDirectory();
  }

  @Test
  void anUnknownConnectorIsAConfigurationFault() {
    Run run =
        Run.of("send", "--config", demo.config(), "--connector", "c-00000000000000000", "/out/1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("as2: There is no connector c-00000000000000000;");
  }
}
