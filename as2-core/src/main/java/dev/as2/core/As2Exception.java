package dev.as2.core;

import java.io.IOException;
import java.util.Optional;

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
  private transient Optional<As2Response> answer = Optional.empty();

  public As2Exception(FailureCode code, String message) {
    super(sentence(message));
    this.code = code;
    this.sentence = sentence(message);
  }

  public As2Exception(FailureCode code, String message, Throwable cause) {
    super(sentence(message), cause);
    this.code = code;
    this.sentence = sentence(message);
  }

  /** The words with the full stop that they may lack. */
  private static String sentence(String words) {
    return words.endsWith(".") ? words : words + ".";
  }

  /** This failure with what had come of the partner's answer, so that nothing is lost. */
  public As2Exception withAnswer(As2Response came) {
    As2Exception more = new As2Exception(code, sentence, this);
    more.answer = Optional.of(came);
    return more;
  }

  /** What had come of the partner's answer when it failed; its body may be incomplete. */
  public Optional<As2Response> answer() {
    return answer;
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
