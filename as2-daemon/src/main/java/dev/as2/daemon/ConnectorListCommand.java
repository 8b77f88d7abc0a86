package dev.as2.daemon;

import dev.as2.core.As2Exception;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code as2 connector list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List connectors: id, both AS2 names, Url; or what is wrong with one.")
final class ConnectorListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws IOException {
    ConfigFolder folder = config.open();
    PrintWriter out = spec.commandLine().getOut();
    for (String id : folder.connectorIds()) {
      out.println(line(folder, id));
    }
    folder.brokenConnectors().forEach((name, fault) -> out.println(name + "  " + fault));
    return 0;
  }

  private static String line(ConfigFolder folder, String id) {
    try {
      Connector connector = folder.connector(new ConnectorId(id));
      return "%s  %s -> %s  %s"
          .formatted(
              id,
              name(folder, connector.as2().localProfileId()),
              name(folder, connector.as2().partnerProfileId()),
              connector.url());
    } catch (As2Exception | IllegalArgumentException e) {
      return id + "  " + Sentences.message(e);
    }
  }

  private static String name(ConfigFolder folder, ProfileId id) {
    try {
      Profile profile = folder.profile(id);
      return profile.as2Id().value();
    } catch (As2Exception e) {
      return id.value() + " (unusable)";
    }
  }
}
