package dev.as2.daemon;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code as2} command. */
@Command(
    name = "as2",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false, // to look through the methods takes a while of each start
    synopsisSubcommandLabel = "COMMAND",
    header = "AS2 connectors that run anywhere (RFC 4130).",
    description = {
      "",
      "Compresses, signs and encrypts files, posts them to trading partners and verifies the"
          + " receipts (MDNs), any size in constant memory. Connectors, profiles and certificates"
          + " are those of AWS Transfer Family: what 'aws transfer describe-connector' prints"
          + " works here.",
      ""
    },
    footer = {
      "",
      "Begin here:",
      "  as2 demo                         see it work, with nothing configured",
      "  as2 certificate create --help    make a key of your own",
      "  as2 connector create --help      describe the way to a partner",
      "  as2 send --help                  send files of this machine or of S3",
      "  as2 serve                        send for others, by the API of AWS Transfer Family",
      "",
      "Exit codes: 0 done, 1 a transfer or a verification failed, 2 usage or configuration."
    })
public final class As2Command implements Runnable {
  /** Held, because the JDK's logging forgets the level of a logger that nobody holds. */
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  /** In the order of the help. */
  private static final List<Part> PARTS =
      List.of(
          new Part("demo", DemoCommand::new),
          new Part("send", SendCommand::new),
          new Part("serve", ServeCommand::new),
          new Part("connector", ConnectorCommand::new),
          new Part("profile", ProfileCommand::new),
          new Part("certificate", CertificateCommand::new),
          new Part("mdn", MdnCommand::new),
          new Part("conformance", ConformanceCommand::new));

  @Spec private CommandSpec spec = CommandSpec.create();

  private boolean verbose;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what happens, and show where an error came from.")
  void verbose(boolean wanted) {
    verbose = wanted;
    ROOT_LOGGER.setLevel(wanted ? Level.INFO : Level.WARNING);
  }

  private record Part(String name, Supplier<Object> command) {}

  boolean verbose() {
    return verbose;
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /**
   * The command on the standard streams in UTF-8, with the part of it that the first word names, or
   * else with all: each part takes a while to describe.
   */
  static CommandLine commandLine(String... words) {
    ROOT_LOGGER.setLevel(Level.WARNING);
    CommandLine commandLine = new CommandLine(new As2Command());
    List<Part> named =
        PARTS.stream().filter(part -> words.length > 0 && part.name().equals(words[0])).toList();
    for (Part part : named.isEmpty() ? PARTS : named) {
      commandLine.addSubcommand(part.name(), part.command().get());
    }
    commandLine.addSubcommand(new HelpCommand());
    Faults faults = new Faults();
    return commandLine
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(faults)
        .setExecutionExceptionHandler(faults);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
