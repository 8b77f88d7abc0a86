package dev.as2.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code as2 help}, for commands of commands, too. */
@Command(
    name = "help",
    helpCommand = true,
    addMethodSubcommands = false,
    description = "Show the help of a command.")
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "For example: certificate create.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine().getParent();
    for (String word : words) {
      CommandLine below = command.getSubcommands().get(word);
      if (below == null) {
        throw new ParameterException(
            command,
            "%s has no command '%s'; there are %s"
                .formatted(
                    command.getCommandSpec().qualifiedName(),
                    word,
                    String.join(", ", command.getSubcommands().keySet())));
      }
      command = below;
    }
    command.usage(spec.commandLine().getOut());
    return 0;
  }
}
