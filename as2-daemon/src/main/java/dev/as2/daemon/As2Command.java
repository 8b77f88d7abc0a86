package dev.as2.daemon;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
      "",
      "Exit codes: 0 done, 1 a transfer or a verification failed, 2 usage or configuration."
    },
    subcommands = {
      DemoCommand.class,
      SendCommand.class,
      ConnectorCommand.class,
      ProfileCommand.class,
      CertificateCommand.class,
      MdnCommand.class,
      HelpCommand.class
    })
public final class As2Command implements Runnable {
  /** Held, because the JDK's logging forgets the level of a logger that nobody holds. */
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

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

  boolean verbose() {
    return verbose;
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command with everything below it, on the standard streams in UTF-8. */
  static CommandLine commandLine() {
    ROOT_LOGGER.setLevel(Level.WARNING);
    CommandLine commandLine = new CommandLine(new As2Command());
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
