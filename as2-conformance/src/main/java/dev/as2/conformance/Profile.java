package dev.as2.conformance;

/** Which scenarios are played. */
public enum Profile {
  /** What every receiver has to do. */
  BASIC,
  /** What Drummond's interoperability tests ask for besides, and the issues that they resolved. */
  DRUMMOND,
  /** What attackers and broken networks send. */
  HOSTILE,
  /** AS2 Restart (draft-harding-as2-restart). */
  RESTART,
  /** Which algorithms a receiver knows, old and modern ones. */
  ALGORITHMS
}
