package dev.as2.daemon;

import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FilePath;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Status;
import dev.as2.core.TransferId;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Sentences;
import dev.as2.daemon.stores.Stores;
import dev.as2.daemon.stores.StoresJson;
import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code as2 send}. */
@Command(
    name = "send",
    addMethodSubcommands = false,
    mixinStandardHelpOptions = true,
    description = {
      "Send files to a partner, each as one AS2 message, and verify the partner's MDNs.",
      ""
    },
    footer = {
      "",
      "Beside each file an outcome record (.json) and the partner's MDN (.mdn) are written.",
      "Exit code 0 where every transfer is COMPLETED, otherwise 1."
    })
final class SendCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--connector",
      required = true,
      paramLabel = "ID",
      description = "The way to the partner: c-...")
  private String connectorId = "";

  @Option(names = "--json", description = "Print each outcome as JSON on one line.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = {
        "A local file: 850.edi, ./850.edi, /data/850.edi;",
        "or /bucket/key. Buckets that stores.json names come first, then local files, then all"
            + " other buckets (S3, unless stores.json says otherwise)."
      })
  private List<String> paths = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    ConfigFolder folder = config.open();
    Connector connector = folder.connector(new ConnectorId(connectorId));
    ConnectorCheck check = new ConnectorCheck(folder, connector);
    Stream.concat(check.problems().stream(), check.warnings().stream())
        .forEach(each -> spec.commandLine().getErr().println("warning: " + each));
    LocalPaths local =
        LocalPaths.beside(() -> StoresJson.read(folder.root()).under(connector.accessRole()));
    List<FilePath> files = files(local);
    local.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
    return send(folder, connector, files, local.stores());
  }

  private int send(ConfigFolder folder, Connector connector, List<FilePath> files, Stores stores) {
    PrintWriter err = spec.commandLine().getErr();
    int attempts = connector.options().retry().maxAttempts();
    try (Progress.Shown progress = Progress.start();
        NettyAs2Client client = NettyAs2Client.create();
        ConnectorRuntime runtime =
            ConnectorRuntime.builder(folder, stores, client)
                .secrets(folder)
                .listener(
                    new SendListener(progress, attempts, err, result -> print(result, progress)))
                .build();
        Interruption interruption = new Interruption(runtime, err)) {
      interruption.watch();
      List<SendResult> results =
          send(runtime, connector.id(), files, result -> print(result, progress));
      boolean allCompleted =
          results.size() == files.size()
              && results.stream().allMatch(r -> r.status() == Status.COMPLETED);
      return allCompleted ? 0 : Faults.FAILED;
    }
  }

  private List<FilePath> files(LocalPaths local) throws IOException {
    List<FilePath> files = new ArrayList<>();
    try {
      for (String path : paths) {
        files.add(local.parse(path));
      }
      return files;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), Sentences.message(e), e);
    }
  }

  /**
   * Each is told as it ends, whichever that is; results are in the order of the files, without
   * those that were cancelled.
   */
  private static List<SendResult> send(
      ConnectorRuntime runtime,
      ConnectorId connector,
      List<FilePath> files,
      Consumer<SendResult> tell) {
    TransferId transfer = TransferId.random(new SecureRandom());
    List<CompletableFuture<SendResult>> sending =
        files.stream().map(file -> runtime.send(connector, file, transfer)).toList();
    List<CompletableFuture<Optional<SendResult>>> told =
        sending.stream()
            .map(each ->
                each.handle((result, fault) -> {
                  Optional<SendResult> ended = Optional.ofNullable(result);
                  ended.ifPresent(tell);
                  return ended;
                }))
            .toList();
    return told.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
  }

  /** Transfers end on several threads, and each has its lines together. */
  private synchronized void print(SendResult result, Progress.Shown progress) {
    progress.clear().run();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(Outcome.json(result)));
    } else {
      Outcome.print(result, out);
    }
    out.flush();
  }
}
