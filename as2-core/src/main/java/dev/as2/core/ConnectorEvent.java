package dev.as2.core;

import java.time.Instant;
import java.util.Map;

/**
 * An event of a connector, in the shape that AWS gives to EventBridge (user guide, "Transfer Family
 * events detail reference").
 *
 * @param kind which of the four
 * @param time when
 * @param detail the members of {@code detail}, names as AWS spells them; values are strings,
 *     numbers and, for {@code s3-attributes}, such a map again
 */
public record ConnectorEvent(Kind kind, Instant time, Map<String, Object> detail) {
  public ConnectorEvent {
    detail = Map.copyOf(detail);
  }

  /** AWS's detail types of connectors. */
  public enum Kind {
    PAYLOAD_SEND_COMPLETED("AS2 Payload Send Completed"),
    PAYLOAD_SEND_FAILED("AS2 Payload Send Failed"),
    MDN_RECEIVE_COMPLETED("AS2 MDN Receive Completed"),
    MDN_RECEIVE_FAILED("AS2 MDN Receive Failed");

    private final String detailType;

    Kind(String detailType) {
      this.detailType = detailType;
    }

    /** The {@code detail-type}. */
    public String detailType() {
      return detailType;
    }
  }
}
