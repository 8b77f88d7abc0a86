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

  /** The largest request to the console, in bytes: ten paths of 1024 characters fit. */
  public static final int CONSOLE_REQUEST_BYTES = 64 << 10;

  /** How many rows a list of the console has where it does not say. */
  public static final int CONSOLE_PAGE = 50;

  /** The most rows that a list of the console may have. */
  public static final int CONSOLE_LARGEST_PAGE = 200;

  /** The longest text that the console searches for, in characters: a path and some. */
  public static final int CONSOLE_SEARCH_CHARACTERS = 1_100;

  /** How many connectors a text may name; each is searched for by itself. */
  public static final int CONSOLE_SEARCHED_CONNECTORS = 20;

  /** How old the names of connectors and partners may be that the console shows, in seconds. */
  public static final int CONSOLE_NAMES_SECONDS = 5;

  /** How many sessions of the console there are at most. */
  public static final int CONSOLE_SESSIONS = 1_000;

  /** How long a session of the console lasts, in hours. */
  public static final int CONSOLE_SESSION_HOURS = 12;

  /** After how long without a request a session of the console ends, in minutes. */
  public static final int CONSOLE_IDLE_MINUTES = 60;

  /** How often one session of the console may ask, per second. */
  public static final int CONSOLE_CALLS_PER_SECOND = 50;

  /** How often somebody may try to sign in to the console from one place, per minute. */
  public static final int CONSOLE_SIGN_INS_PER_MINUTE = 20;

  /** For how many places that is remembered. */
  public static final int CONSOLE_SIGN_IN_PLACES = 4_096;

  /** How many stored MDNs the console reads at a time: each may have 4 MiB. */
  public static final int CONSOLE_MDN_READS = 8;

  /** The most of an answer that is no MDN that the console shows, in characters. */
  public static final int CONSOLE_ANSWER_CHARACTERS = 8 << 10;

  /** How many messages a daemon may be told to have under way at once. */
  public static final int MESSAGES = 100_000;

  /** How many connectors a daemon may be told to work for at once. */
  public static final int LANES = 10_000;

  /** How many messages a daemon may be told to prepare, judge or record at once. */
  public static final int WORKERS = 4_096;

  /** How often a daemon may be told to let an access key call, per second. */
  public static final int API_CALLS = 100_000;

  /** How many connectors, or profiles, or certificates a daemon may be told to take. */
  public static final int API_RESOURCES = 1_000_000;

  /** How many asynchronous MDNs of one message are kept until one was looked at. */
  public static final int ASYNC_MDNS_OF_A_MESSAGE = 16;

  /** How many files a watched folder may hold: all of them are listed each time. */
  public static final int WATCHED_FILES = 100_000;

  /** The largest configuration file, in bytes. */
  public static final int CONFIGURATION_BYTES = 1 << 20;

  /** How deep a configuration file may be nested. */
  public static final int CONFIGURATION_DEPTH = 20;

  private ServeLimits() {}
}
