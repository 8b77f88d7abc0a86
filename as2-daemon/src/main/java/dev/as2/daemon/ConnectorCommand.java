package dev.as2.daemon;

import picocli.CommandLine.Command;

/** {@code as2 connector}. */
@Command(
    name = "connector",
    mixinStandardHelpOptions = true,
    description = "Describe and check the ways to partners.",
    subcommands = {
      ConnectorCreateCommand.class,
      ConnectorShowCommand.class,
      ConnectorListCommand.class
    })
final class ConnectorCommand {}
