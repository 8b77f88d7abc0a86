package dev.as2.daemon;

import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.daemon.aws.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code as2 connector show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show a connector, its options, and what would keep it from sending.",
    footer = {"", "Exit code 1 where a problem was found."})
final class ConnectorShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(paramLabel = "ID", description = "c-...")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    ConfigFolder folder = config.open();
    ConnectorId connectorId = new ConnectorId(id);
    Connector connector = folder.connector(connectorId);
    PrintWriter out = spec.commandLine().getOut();
    out.print(Json.pretty(folder.connectorTree(connectorId)));
    out.println();
    out.println("Options (* set by a tag, the others are defaults):");
    for (ConnectorOption option : ConnectorOption.values()) {
      String value = connector.tags().getOrDefault(option.tag(), option.defaultValue());
      String mark = connector.tags().containsKey(option.tag()) ? "*" : " ";
      out.printf("%s %-30s %s%n", mark, option.tag(), value.isEmpty() ? "-" : value);
    }
    ConnectorCheck check = new ConnectorCheck(folder, connector);
    List<String> problems = check.problems();
    out.println();
    out.println(problems.isEmpty() ? "No problems found." : "Problems:");
    problems.forEach(problem -> out.println("  " + problem));
    check.warnings().forEach(warning -> out.println("Warning: " + warning));
    return problems.isEmpty() ? 0 : Faults.FAILED;
  }
}
