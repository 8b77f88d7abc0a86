package dev.as2.daemon;

import dev.as2.core.BasicCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say who asks, where a receiver wants to know. */
final class TestUser {
  static final String PASSWORD_VARIABLE = "AS2_USER_PASSWORD";

  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "The user name for Basic authentication; https only.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--user-password-file",
      paramLabel = "FILE",
      description =
          "The file with that user's password (default: the variable " + PASSWORD_VARIABLE + ").")
  private Optional<Path> passwordFile = Optional.empty();

  /** The credentials, where there is a user. */
  Optional<BasicCredentials> credentials() throws IOException {
    if (name.isEmpty() && passwordFile.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--user-password-file needs --user");
    }
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new BasicCredentials(name.get(), password()));
  }

  private String password() throws IOException {
    if (passwordFile.isPresent()) {
      return Files.readString(passwordFile.get(), StandardCharsets.UTF_8).stripTrailing();
    }
    String found = System.getenv(PASSWORD_VARIABLE);
    if (found == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--user needs a password: in --user-password-file, or in the variable "
              + PASSWORD_VARIABLE);
    }
    return found;
  }
}
