package dev.as2.daemon.state;

import java.io.IOException;

/** The lane belongs to somebody else now: what was to be written for it is not. */
public final class LaneLostException extends IOException {
  private static final long serialVersionUID = 1;

  LaneLostException(Lane lane) {
    super(
        "The lane of connector %s is no longer with %s: it was silent too long, and another one has"
                .formatted(lane.connectorId(), lane.pickedBy())
            + " taken over.");
  }
}
