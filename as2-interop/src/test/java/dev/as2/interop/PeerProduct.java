package dev.as2.interop;

import java.util.List;

/** The servers that messages are exchanged with, and what differs in starting them. */
public enum PeerProduct {
  /** OpenAS2 2.10.1. */
  OPENAS2(
      "openas2",
      "org.openas2.app.OpenAS2Server",
      List.of("-Dorg.apache.commons.logging.Log=org.openas2.logging.Log")),

  /** as2-server 4.6.3, on as2-lib. */
  AS2_SERVER("as2-server", "com.helger.as2.app.MainOpenAS2Server", List.of());

  private final String folder;
  private final String mainClass;
  private final List<String> jvmOptions;

  PeerProduct(String folder, String mainClass, List<String> jvmOptions) {
    this.folder = folder;
    this.mainClass = mainClass;
    this.jvmOptions = jvmOptions;
  }

  /** The name of its folder under {@code peers/}, of its templates, and its AS2 id. */
  String folder() {
    return folder;
  }

  /**
   * The AS2 id to send messages without any layer to: as2-server includes the MIME headers in its
   * MIC, or leaves them out, as the partnership says, whatever the message is.
   */
  String as2IdOfPlain() {
    return this == OPENAS2 ? folder : folder + "-plain";
  }

  /** The name under which it stores the payload of a message. */
  String fileName(String messageId) {
    String bracket = this == OPENAS2 ? "" : "_";
    return messageId.replace("<", bracket).replace(">", bracket);
  }

  /** A header's value from how it is stored: as2-server quotes what is no token. */
  String unquoted(String stored) {
    return this == AS2_SERVER && stored.startsWith("\"")
        ? stored.substring(1, stored.length() - 1).replaceAll("\\\\(.)", "$1")
        : stored;
  }

  String mainClass() {
    return mainClass;
  }

  List<String> jvmOptions() {
    return jvmOptions;
  }
}
