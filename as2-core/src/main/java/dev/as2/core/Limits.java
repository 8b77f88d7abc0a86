package dev.as2.core;

import java.time.Duration;

/** Every bound that a partner or a user can push, in one place. */
public final class Limits {
  /** The largest answer that is read, in bytes: MDNs are a few KiB. */
  public static final int ANSWER_BYTES = 4 << 20;

  /** The largest header section of an answer or request, in bytes. */
  public static final int HTTP_HEADER_BYTES = 64 << 10;

  /** The longest status or request line, in bytes. */
  public static final int HTTP_FIRST_LINE_BYTES = 8 << 10;

  /** How many interim (1xx) answers may come before the final one. */
  public static final int INTERIM_ANSWERS = 1_000;

  /** How many parts an MDN may hold inside each other. */
  public static final int MDN_DEPTH = 4;

  /** How many parts an MDN may hold in all. */
  public static final int MDN_PARTS = 32;

  /** The largest S/MIME signature that is read, in bytes (certificates included). */
  public static final int SIGNATURE_BYTES = 1 << 20;

  /** The largest header block of a MIME part, in bytes. */
  public static final int PART_HEADER_BYTES = 64 << 10;

  /** How many attachments a received message may have (RFC 6362). */
  public static final int ATTACHMENTS = 100;

  /**
   * How long a message waits that is being received on another connection, in milliseconds: as long
   * as the end of that one may take to be noticed.
   */
  public static final int COPY_WAIT_MILLIS = 2_000;

  /** How many answers to received messages are held in memory. */
  public static final int REMEMBERED_MESSAGES = 10_000;

  /** The largest kept answer that is read, in bytes: an MDN in base64. */
  public static final int KEPT_ANSWER_BYTES = 8 << 20;

  /** The longest URL to which an asynchronous MDN is posted, in characters. */
  public static final int RECEIPT_URL_CHARACTERS = 1_024;

  /** The longest ETag by which a message is known, in characters. */
  public static final int ENTITY_TAG_CHARACTERS = 512;

  /** How many broken-off messages are kept for AS2 Restart. */
  public static final int PARTIAL_MESSAGES = 256;

  /** How many octets of them are kept together, in bytes of the spool folder's disk. */
  public static final long PARTIAL_BYTES = 64L << 30;

  /** How long they are kept. */
  public static final Duration PARTIAL_AGE = Duration.ofHours(24);

  /**
   * How many times larger than its compressed form a received content may be: a fifth of what zlib
   * can do with one octet repeated, and more than business data comes to.
   */
  public static final int EXPANSION_RATIO = 200;

  /** Up to which length it may be any number of times larger, in bytes. */
  public static final long EXPANSION_ALWAYS_ALLOWED = 64 << 20;

  /**
   * The slowest that a partner may read a message, in bytes per second, while octets wait for it:
   * each message that is being written holds a thread.
   */
  public static final int SLOWEST_BYTES_PER_SECOND = 8 << 10;

  /** The most of an answer that is quoted in a failure message, in characters. */
  public static final int QUOTED_CHARACTERS = 200;

  /** A file up to this size is packed in memory where that is what makes its length known. */
  public static final int BUFFERED_FILE_BYTES = 256 << 10;

  /** The longest name of a result file, in bytes of UTF-8: what file systems allow. */
  public static final int FILE_NAME_BYTES = 255;

  /** How many extra headers one order may have. */
  public static final int ORDER_HEADERS = 50;

  /** The largest that they may be together, in bytes: servers refuse requests with larger heads. */
  public static final int ORDER_HEADER_BYTES = 4 << 10;

  /** How many messages a connector may be allowed to have under way, or to begin in a second. */
  public static final int MESSAGES_OF_A_CONNECTOR = 10_000;

  /** How many connections a server has at most: each may hold 320 KiB of a request. */
  public static final int SERVER_CONNECTIONS = 512;

  /** For how many access roles a host keeps stores at hand: whoever makes connectors names them. */
  public static final int ACCESS_ROLES = 1_000;

  /** The largest message that the conformance harness takes apart, in bytes: it holds it whole. */
  public static final int CAPTURE_BYTES = 64 << 20;

  /** How many layers it takes off a message: more than any permutation has. */
  public static final int CAPTURE_LAYERS = 4;

  private Limits() {}
}
