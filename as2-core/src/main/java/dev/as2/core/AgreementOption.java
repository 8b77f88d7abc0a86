package dev.as2.core;

/**
 * The options that an agreement has besides AWS's members, each a tag of the agreement. Of a
 * connector's options it may have those that say how its MDNs are made and sent, too; {@code
 * docs/options.md} is this enum as a table.
 */
public enum AgreementOption {
  MDN_HOSTS(
      "as2:mdn-hosts",
      "",
      "host names, separated by spaces",
      "Hosts to which asynchronous MDNs may be posted, besides those of the connectors to this"
          + " partner. A message that names another one is refused: anybody can write"
          + " Receipt-Delivery-Option, and we post from inside of our network."),
  ENFORCE_ENCRYPTION(
      "as2:enforce-encryption",
      "OFF",
      "ON or OFF",
      "Whether messages that are not encrypted are refused (insufficient-message-security). Off, as"
          + " many partners encrypt by TLS alone."),
  RESTART(
      "as2:restart",
      "OFF",
      "ON or OFF",
      "AS2 Restart (draft-harding-as2-restart): whether the octets of this partner's broken-off messages"
          + " that have an ETag are kept for a day, so that it sends the rest only. Off, because they take"
          + " room in the spool folder before any signature is known.");

  private final String tag;
  private final String defaultValue;
  private final String form;
  private final String reason;

  AgreementOption(String tag, String defaultValue, String form, String reason) {
    this.tag = tag;
    this.defaultValue = defaultValue;
    this.form = form;
    this.reason = reason;
  }

  /** The tag's key, for example {@code as2:mdn-hosts}. */
  public String tag() {
    return tag;
  }

  /** The value where the tag is absent. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Which values there are. */
  public String form() {
    return form;
  }

  /** What the option does, and why its default is what it is. */
  public String reason() {
    return reason;
  }
}
