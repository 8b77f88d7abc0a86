package dev.as2.daemon;

import picocli.CommandLine.Command;

/** {@code as2 mdn}. */
@Command(
    name = "mdn",
    mixinStandardHelpOptions = true,
    description = "Verify stored receipts again.",
    subcommands = MdnVerifyCommand.class)
final class MdnCommand {}
