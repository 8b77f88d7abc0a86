package dev.as2.daemon.console;

/** Why the console does not do what it is asked: an HTTP status, a code and one sentence. */
@SuppressWarnings("serial") // never serialised: an answer is made of it
final class Refusal extends Exception {
  private final int status;
  private final String code;

  private Refusal(int status, String code, String sentence) {
    super(sentence);
    this.status = status;
    this.code = code;
  }

  /** What is asked for makes no sense. */
  static Refusal invalid(String sentence) {
    return new Refusal(400, "INVALID", sentence);
  }

  static Refusal signedOut() {
    return new Refusal(401, "SIGNED_OUT", "Nobody is signed in, or the session has ended.");
  }

  static Refusal wrongKey() {
    return new Refusal(401, "WRONG_KEY", "There is no such access key, or its secret is another.");
  }

  /** The request may come from another site. */
  static Refusal foreign(String sentence) {
    return new Refusal(403, "FOREIGN", sentence);
  }

  static Refusal notFound(String sentence) {
    return new Refusal(404, "NOT_FOUND", sentence);
  }

  static Refusal method(String allowed) {
    return new Refusal(405, "METHOD", "Only " + allowed + " is answered here.");
  }

  /** It came too late, or too early. */
  static Refusal conflict(String sentence) {
    return new Refusal(409, "CONFLICT", sentence);
  }

  static Refusal tooLarge(int mostBytes) {
    return new Refusal(413, "TOO_LARGE", "The request is larger than " + mostBytes + " bytes.");
  }

  static Refusal tooMany(String sentence) {
    return new Refusal(429, "TOO_MANY", sentence);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
