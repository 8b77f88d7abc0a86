package dev.as2.daemon;

import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FilePath;
import dev.as2.core.LocalFileStore;
import dev.as2.core.SendResult;
import dev.as2.core.TransferId;
import dev.as2.transport.NettyAs2Client;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code as2 demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "See a file travel to a partner and its receipt come back, with nothing configured.",
      "",
      "The file is compressed, signed, encrypted and posted to a partner that this command starts"
          + " on the loopback address; the partner's signed MDN is verified.",
      ""
    },
    footer = {"", "The file may have any size: memory does not grow with it."})
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = ".as2/demo",
      description =
          "Where keys and configuration are kept for the next run (default: ./.as2/demo).")
  private Path state = Path.of(".as2/demo");

  @Option(
      names = "--partner",
      paramLabel = "PORT",
      description = "Send nothing; be the partner on this port until Ctrl-C: for as2 serve.")
  private Optional<Integer> partner = Optional.empty();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file to send (default: a sample purchase order, X12 850).")
  private Optional<Path> file = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (partner.isPresent()) {
      bePartner(partner.get());
    }
    return send();
  }

  /** Ends with the process. */
  private void bePartner(int port) throws IOException, InterruptedException {
    if (file.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--partner sends no FILE");
    }
    DemoState demo = DemoState.open(state);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (NettyAs2Server server = NettyAs2Server.start(address, demo.partner())) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("A partner on http://127.0.0.1:" + server.address().getPort() + "/as2");
      out.println();
      out.println("  its AS2 id    " + DemoState.PARTNER);
      out.println("  certificate   " + demo.partnerCertificate());
      out.println("  received      " + demo.received());
      out.println("It knows one sender:");
      out.println("  its AS2 id    " + DemoState.US);
      out.println("  certificate   " + demo.ourSigningCertificate());
      out.println("  private key   " + demo.ourSigningKey());
      out.println("  a file        " + demo.sample());
      out.flush();
      new CountDownLatch(1).await();
    }
  }

  private int send() throws IOException {
    Optional<Path> given = file.isPresent() ? Optional.of(checked(file.get())) : Optional.empty();
    DemoState demo = DemoState.open(state);
    Path source = given.isPresent() ? given.get() : demo.sample();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (NettyAs2Server server = NettyAs2Server.start(anyPort, demo.partner())) {
      URI url = URI.create("http://127.0.0.1:" + server.address().getPort() + "/as2");
      PrintWriter out = spec.commandLine().getOut();
      out.println("Sending " + source + " to a partner on " + url);
      return send(demo, source, url);
    }
  }

  /** The file itself, where it can be sent and results can be written beside it. */
  private static Path checked(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("There is no " + file);
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + " is a folder or a device, not a file");
    }
    Path real = file.toRealPath();
    if (!Files.isReadable(real)) {
      throw new IllegalArgumentException("Access to " + file + " is denied");
    }
    Path folder = folder(real);
    if (!Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          folder + " is read-only, and the results are written beside the file; copy it elsewhere");
    }
    return real;
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
  }

  private int send(DemoState demo, Path source, URI url) throws IOException {
    ConfigFolder config = ConfigFolder.open(demo.config(), Map.of());
    String bucket = "demo";
    LocalFileStore store = LocalFileStore.of(Map.of(bucket, folder(source)));
    FilePath path = new FilePath(bucket, String.valueOf(source.getFileName()));
    CompletableFuture<SendResult> ended = new CompletableFuture<>();
    PrintWriter err = spec.commandLine().getErr();
    try (Progress.Shown progress = Progress.start();
        NettyAs2Client client = NettyAs2Client.create();
        ConnectorRuntime runtime =
            ConnectorRuntime.builder(new DemoRegistry(config, url), store, client)
                .secrets(config)
                .listener(new SendListener(progress, 1, err, ended::complete))
                .build();
        Interruption interruption = new Interruption(runtime, err)) {
      interruption.watch();
      runtime
          .send(DemoState.CONNECTOR, path, TransferId.random(new SecureRandom()))
          .thenAccept(ended::complete);
      DemoReport report = new DemoReport(demo, source, ended.join());
      progress.end().run();
      report.print(spec.commandLine().getOut());
      return report.isSuccess() ? 0 : Faults.FAILED;
    }
  }
}
