package dev.as2.daemon;

import picocli.CommandLine.Command;

/** {@code as2 conformance}. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = "Test an AS2 endpoint, and say what is wrong with it.",
    subcommands = {
      ConformanceRunCommand.class,
      ConformanceServeCommand.class,
      ConformanceReplayCommand.class
    })
final class ConformanceCommand {}
