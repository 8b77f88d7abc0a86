package dev.as2.core;

import java.io.IOException;

/**
 * A step of a transfer failed for a reason that has a {@link FailureCode}.
 *
 * <p>The message is one sentence for a person: what is wrong and where. It never holds a key, a
 * password or a payload. Whether the same step may succeed another time is the code's to say.
 */
public final class As2Exception extends IOException {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final String sentence;

  public As2Exception(FailureCode code, String message) {
    super(message);
    this.code = code;
    this.sentence = message;
  }

  public As2Exception(FailureCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.sentence = message;
  }

  /** What is wrong, in one sentence. */
  public String sentence() {
    return sentence;
  }

  /** Why, as the outcome record says it. */
  public FailureCode code() {
    return code;
  }
}
