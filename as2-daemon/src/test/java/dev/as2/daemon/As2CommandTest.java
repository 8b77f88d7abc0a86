package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class As2CommandTest {
  @Test
  void withoutArgumentsItSaysWhatItCanDo() {
    Run run = Run.of();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("demo", "send", "connector", "profile", "certificate", "mdn");
  }

  @Test
  void saysItsVersion() {
    Run run = Run.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("as2 ").contains("Java " + Runtime.version().feature());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "send",
        "connector",
        "connector create",
        "connector show",
        "connector list",
        "profile",
        "profile create",
        "certificate",
        "certificate create",
        "certificate import",
        "certificate show",
        "mdn",
        "mdn verify",
        "conformance",
        "conformance run",
        "conformance serve",
        "conformance replay"
      })
  void everyCommandHasHelp(String command) {
    Run run = Run.of((Object[]) (command + " --help").split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: as2 " + command);
    assertThat(Run.of((Object[]) ("help " + command).split(" "))).isEqualTo(run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "send",
        "connector",
        "help certificate nonsense",
        "send --connector c-1",
        "mdn verify"
      })
  void aWrongCommandLineIsExitCodeTwoAndSaysWhereHelpIs(String line) {
    Run run = Run.of((Object[]) line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("as2: ").contains("--help'.").doesNotContain("Exception");
  }

  @Test
  void aStackTraceIsShownOnRequestOnly(@TempDir Path folder) {
    Path missing = folder.resolve("missing");

    assertThat(Run.of("connector", "list", "--config", missing).err()).hasLineCount(1);
    assertThat(Run.of("--verbose", "connector", "list", "--config", missing).err())
        .contains("at dev.as2.daemon.");
  }

  @Test
  void breaksNoLineOfItsHelpInsideAWord() {
    assertThatHelpIsWhole(As2Command.commandLine());
  }

  private static void assertThatHelpIsWhole(CommandLine command) {
    String help = command.setUsageHelpAutoWidth(false).getUsageMessage();
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(help).doesNotContainPattern("(?m)( \\.|:\\d\\d:|as2:)$").doesNotContain("=<");
    command.getSubcommands().values().forEach(As2CommandTest::assertThatHelpIsWhole);
  }
}
