package dev.as2.daemon;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration folder. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "DIR",
      defaultValue = "${env:AS2_CONFIG:-as2-config}",
      description = {"The configuration folder", "(default: $AS2_CONFIG, or ./as2-config)."})
  private Path folder = Path.of("as2-config");

  Path folder() {
    return folder;
  }

  ConfigFolder open() throws IOException {
    return ConfigFolder.open(folder, System.getenv());
  }

  ConfigWriter writer() {
    return new ConfigWriter(folder);
  }
}
