package dev.as2.daemon;

import picocli.CommandLine.Command;

/** {@code as2 certificate}. */
@Command(
    name = "certificate",
    mixinStandardHelpOptions = true,
    description = "Make, import and show certificates.",
    subcommands = {
      CertificateCreateCommand.class,
      CertificateImportCommand.class,
      CertificateShowCommand.class
    })
final class CertificateCommand {}
