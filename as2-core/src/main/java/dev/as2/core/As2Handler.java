package dev.as2.core;

import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;

/** Answers one HTTP request: what an {@link As2Server} does with what arrives. */
@FunctionalInterface
public interface As2Handler {
  /** Handles a request, on a thread that may block. */
  Answer handle(Request request) throws IOException;

  /**
   * A request.
   *
   * @param method for example {@code POST}
   * @param target as the request line has it: path and query, undecoded; in the absolute form where
   *     the client took us for a proxy
   * @param headers the request's headers
   * @param body the request's body without transfer coding; it fails where the request breaks off.
   *     What is left unread is skipped, or the connection closed
   * @param remote whose connection it came by
   */
  record Request(
      String method, String target, Headers headers, InputStream body, InetSocketAddress remote) {
    /** The target's path, undecoded. */
    public String path() {
      int query = target.indexOf('?');
      return query < 0 ? target : target.substring(0, query);
    }

    /** The target's query, undecoded and without its question mark; empty where there is none. */
    public String query() {
      int query = target.indexOf('?');
      return query < 0 ? "" : target.substring(query + 1);
    }
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param headers the entity's headers; the server adds the framing, but for the Content-Length of
   *     an answer to {@code HEAD}, which is the handler's
   * @param body small, such as an MDN
   * @param afterwards runs once, on a thread that may block, when the answer is out or cannot be
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, Headers headers, byte[] body, Runnable afterwards) {
    private static final Runnable NOTHING = () -> {};

    /** With nothing to do afterwards. */
    public Answer(int status, Headers headers, byte[] body) {
      this(status, headers, body, NOTHING);
    }

    /** Whether there is anything to do afterwards. */
    public boolean goesOn() {
      return afterwards != NOTHING;
    }
  }
}
