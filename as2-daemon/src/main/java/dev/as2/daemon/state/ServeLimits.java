package dev.as2.daemon.state;

/** Every bound of the daemon that a user or a partner can push, in one place. */
public final class ServeLimits {
  /** How many writes share a commit at most. */
  public static final int BATCH_WRITES = 256;

  /** How often a write is tried that stands in another's way. */
  public static final int COLLISIONS = 5;

  /** How many connectors, profiles and certificates are held in memory as they were read. */
  public static final int CACHED_RESOURCES = 50_000;

  /** How many secrets of AWS Secrets Manager are held in memory. */
  public static final int CACHED_SECRETS = 1_024;

  private ServeLimits() {}
}
