package dev.as2.conformance;

import java.io.IOException;

/**
 * One test of a sender: what is answered to its message, and what it is expected to make of that.
 *
 * @param id names it, for ever; the path that a sender posts to is {@code /id}
 * @param title what is answered, for people
 * @param source where it is written, or which product does so
 * @param expectation what a sender is expected to make of it
 * @param act answers
 */
public record SenderScenario(
    String id, String title, String source, Expectation expectation, Act act) {

  /** What a sender is expected to make of an answer. */
  public enum Expectation {
    /** The message was delivered. */
    DELIVERED("takes the message for delivered"),
    /** It was not, or there is no proof; to send it again cannot help. */
    REFUSED("takes the message for failed, and does not send it again"),
    /** Nobody knows; the same octets are sent again under the same Message-ID. */
    REPEATED("sends the same octets again under the same Message-ID, a few times");

    private final String words;

    Expectation(String words) {
      this.words = words;
    }

    /** For people: a good sender does this. */
    public String words() {
      return words;
    }
  }

  /** Answers a request. */
  @FunctionalInterface
  public interface Act {
    /**
     * @throws IOException where the sender is gone
     */
    void play(Turn turn) throws IOException;
  }

  /** The path that a sender posts to. */
  public String path() {
    return "/" + id;
  }
}
