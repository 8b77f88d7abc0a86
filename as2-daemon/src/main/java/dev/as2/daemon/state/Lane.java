package dev.as2.daemon.state;

import dev.as2.core.ConnectorId;

/**
 * One connector's turn to send, as it was picked by one daemon once: db-scheduler's execution. Both
 * who picked it and the version change with the next one, so that what is written for this one is
 * refused from then on.
 *
 * @param connectorId whose files are sent
 * @param pickedBy the daemon's name in db-scheduler's table
 * @param version of the picked row in db-scheduler's table
 */
public record Lane(ConnectorId connectorId, String pickedBy, long version) {
  /** The name of db-scheduler's task; its instances are connectors' ids. */
  public static final String TASK = "lane";

  /** What is written beside the files that this lane has taken. */
  String owner() {
    return pickedBy + "#" + version;
  }
}
