package dev.as2.daemon.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a list goes on: {@code NextToken}. It holds nothing that its reader may not know, so it is
 * not authenticated, and any daemon over the same state understands it; but it is good only for the
 * question that it came from.
 */
final class PageToken {
  private static final String VERSION = "1";

  private PageToken() {}

  /**
   * @param question the operation, and what restricts it
   * @param position the last that was shown
   */
  static String after(String question, String position) {
    String text = VERSION + "\n" + question + "\n" + position;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /**
   * The position in a call's token; empty where the call begins a list.
   *
   * @param form of a position
   * @throws ApiException {@code InvalidNextTokenException} where it is none of ours, or of another
   *     question
   */
  static Optional<String> position(Call call, String question, Pattern form) throws ApiException {
    Optional<String> token = call.text("NextToken");
    if (token.isEmpty()) {
      return Optional.empty();
    }
    String beginning = VERSION + "\n" + question + "\n";
    String text = decoded(token.get());
    String position = text.startsWith(beginning) ? text.substring(beginning.length()) : "";
    if (!form.matcher(position).matches()) {
      throw unknown();
    }
    return Optional.of(position);
  }

  static ApiException unknown() {
    return new ApiException(
        ErrorCode.INVALID_NEXT_TOKEN, "NextToken is not one that this list gave.");
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // no position matches
    }
  }
}
