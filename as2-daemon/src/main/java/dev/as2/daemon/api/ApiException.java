package dev.as2.daemon.api;

import dev.as2.daemon.state.Resources.Kind;
import java.util.Map;

/** Why a call fails, for the caller: a code, one sentence, and the members that some codes have. */
@SuppressWarnings("serial") // never serialised: an answer is made of it
final class ApiException extends Exception {
  private final ErrorCode code;
  private final Map<String, String> members;

  private ApiException(ErrorCode code, String sentence, Map<String, String> members) {
    super(sentence);
    this.code = code;
    this.members = members;
  }

  ApiException(ErrorCode code, String sentence) {
    this(code, sentence, Map.of());
  }

  static ApiException invalid(String sentence) {
    return new ApiException(ErrorCode.INVALID_REQUEST, sentence);
  }

  static ApiException notFound(Kind kind, String id) {
    return notFound(KindName.of(kind), id);
  }

  static ApiException notFound(String type, String id) {
    return new ApiException(
        ErrorCode.RESOURCE_NOT_FOUND, type + " " + id + " does not exist.", resource(type, id));
  }

  static ApiException exists(Kind kind, String id) {
    return exists(kind, id, "exists already.");
  }

  /** One that stands in the way; {@code why} follows its id. */
  static ApiException exists(Kind kind, String id, String why) {
    String type = KindName.of(kind);
    return new ApiException(
        ErrorCode.RESOURCE_EXISTS, type + " " + id + " " + why, resource(type, id));
  }

  private static Map<String, String> resource(String type, String id) {
    return Map.of("Resource", id, "ResourceType", type);
  }

  static ApiException throttled(String sentence) {
    return new ApiException(ErrorCode.THROTTLING, sentence, Map.of("RetryAfterSeconds", "1"));
  }

  ErrorCode code() {
    return code;
  }

  /** What the code has besides its sentence. */
  Map<String, String> members() {
    return members;
  }
}
