package dev.as2.daemon;

import picocli.CommandLine.IVersionProvider;

/** What {@code as2 --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = As2Command.class.getPackage().getImplementationVersion();
    return new String[] {
      "as2 " + (version == null ? "(not packaged)" : version),
      "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
    };
  }
}
