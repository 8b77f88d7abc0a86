package dev.as2.daemon;

import picocli.CommandLine.Command;

/** {@code as2 profile}. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = "Name yourself and your partners.",
    subcommands = ProfileCreateCommand.class)
final class ProfileCommand {}
