package dev.as2.daemon.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Handler.Answer;
import dev.as2.core.HttpDate;
import dev.as2.daemon.aws.Json;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Answers in AWS JSON 1.1. Clients set their clocks by the Date of an answer. */
final class Answers {
  static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private static final System.Logger LOG = System.getLogger(Answers.class.getName());

  private final Clock clock;

  Answers(Clock clock) {
    this.clock = clock;
  }

  Answer success(Optional<ObjectNode> members) {
    byte[] body = members.map(each -> Json.line(each).getBytes(UTF_8)).orElse(new byte[0]);
    return new Answer(200, headers(requestId()), body);
  }

  Answer failure(ApiException why) {
    return failure(why, requestId());
  }

  private Answer failure(ApiException why, String requestId) {
    ErrorCode code = why.code();
    ObjectNode members = Json.object().put("__type", code.type());
    members.put(code.messageMember(), why.getMessage());
    why.members().forEach(members::put);
    Headers headers = headers(requestId).plus("x-amzn-ErrorType", code.type());
    return new Answer(code.status(), headers, Json.line(members).getBytes(UTF_8));
  }

  /** The state cannot be read or written: this may be over at the next call. */
  Answer unavailable(IOException why) {
    String id = requestId();
    LOG.log(System.Logger.Level.WARNING, "API request {0} failed: {1}", id, why.getMessage());
    return failure(
        new ApiException(
            ErrorCode.SERVICE_UNAVAILABLE,
            "The service cannot reach what it keeps at the moment; try again."),
        id);
  }

  /** A fault of ours. */
  Answer broken(RuntimeException why) {
    String id = requestId();
    LOG.log(System.Logger.Level.ERROR, "API request " + id + " failed", why);
    return failure(
        new ApiException(
            ErrorCode.INTERNAL_ERROR, "The service failed; its log has more under the request id."),
        id);
  }

  private static String requestId() {
    return UUID.randomUUID().toString();
  }

  private Headers headers(String requestId) {
    return Headers.of(
        "Content-Type", CONTENT_TYPE,
        "x-amzn-RequestId", requestId,
        "Date", HttpDate.of(clock.instant()));
  }
}
