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

  /** The largest request to the API, in bytes: a certificate chain may have 2 MiB. */
  public static final int API_REQUEST_BYTES = 4 << 20;

  /** What nearly all requests to the API are smaller than, in bytes. */
  public static final int API_ORDINARY_REQUEST_BYTES = 64 << 10;

  /** How many larger ones are read at a time: nobody knows yet who sends them. */
  public static final int API_LARGE_REQUESTS = 8;

  /** How far a caller's clock may be away from ours, in seconds, either way (AWS). */
  public static final int API_CLOCK_SKEW_SECONDS = 300;

  /** How many calls of TestConnection may be under way: each holds a thread while it waits. */
  public static final int API_PROBES = 8;

  /** How long TestConnection waits, in seconds: AWS's tools wait for 60. */
  public static final int API_PROBE_SECONDS = 50;

  /** How many resources a list has where MaxResults does not say. */
  public static final int API_PAGE = 100;

  /** How many violations a ValidationException quotes; it counts them all. */
  public static final int API_QUOTED_VIOLATIONS = 20;

  /** The most of a value that an error of the API quotes, in characters. */
  public static final int API_QUOTED_CHARACTERS = 200;

  /** The most tags of a resource (AWS). */
  public static final int TAGS = 50;

  /** How many messages a daemon may be told to have under way at once. */
  public static final int MESSAGES = 100_000;

  /** How many connectors a daemon may be told to work for at once. */
  public static final int LANES = 10_000;

  /** How many files a watched folder may hold: all of them are listed each time. */
  public static final int WATCHED_FILES = 100_000;

  /** The largest configuration file, in bytes. */
  public static final int CONFIGURATION_BYTES = 1 << 20;

  /** How deep a configuration file may be nested. */
  public static final int CONFIGURATION_DEPTH = 20;

  private ServeLimits() {}
}
