package dev.as2.core;

import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * One attempt to bring a message to its partner: whole, or, with AS2 Restart, from where an earlier
 * attempt ended (draft-harding-as2-restart).
 *
 * <p>Used once. Its steps follow one another on different threads, never at the same time.
 */
final class Upload {
  private final As2Client client;
  private final As2Request request;
  private final List<CountedEntity> written = new CopyOnWriteArrayList<>();
  private final CompletableFuture<As2Response> result = new CompletableFuture<>();
  private volatile CompletableFuture<As2Response> step = result;

  Upload(As2Client client, As2Request request) {
    this.client = client;
    this.request = request;
  }

  /** How many octets of the body were handed on so far. */
  long octets() {
    return written.stream().mapToLong(CountedEntity::count).sum();
  }

  /** Sends the whole message. Cancelling the future ends it. */
  CompletableFuture<As2Response> begin() {
    return client.post(counted(whole()));
  }

  /**
   * Asks how much has come, and sends the rest. Where that cannot be asked, or the partner says
   * that it can be asked later, the attempt has failed: what has come is not sent again.
   */
  CompletableFuture<As2Response> goOn() {
    result.whenComplete((answer, fault) -> {
      if (result.isCancelled()) {
        step.cancel(true);
      }
    });
    then(question(), this::answered);
    return result;
  }

  private void then(As2Request next, Consumer<As2Response> what) {
    CompletableFuture<As2Response> answer = client.post(next);
    step = answer;
    if (result.isCancelled()) {
      answer.cancel(true); // cancelled before there was something to cancel
    }
    answer.whenComplete((response, fault) -> {
      if (fault != null) {
        result.completeExceptionally(fault);
        return;
      }
      try {
        what.accept(response);
      } catch (RuntimeException | Error e) { // the client may be closed
        result.completeExceptionally(e);
      }
    });
  }

  private As2Request question() {
    Headers all = request.message().headers();
    Headers asked = Headers.of("AS2-Version", all.first("AS2-Version").orElseThrow());
    for (String name : List.of(EntityTag.HEADER, "AS2-From", "AS2-To", "User-Agent")) {
      asked = asked.plus(name, all.first(name).orElseThrow());
    }
    return As2Request.head(request, asked);
  }

  private void answered(As2Response held) {
    if (isToBeAskedAgain(held.status())) {
      result.complete(held);
      return;
    }
    long from = from(held);
    if (from == 0) {
      then(counted(whole()), result::complete);
    } else {
      then(counted(new RestOfMessage(request.message(), from)), this::ended);
    }
  }

  /** A partner answers 500 while it still has the connection that was cut. */
  private static boolean isToBeAskedAgain(int status) {
    return switch (status) {
      case 408, 425, 429 -> true;
      case 501, 505 -> false;
      default -> status / 100 == 5;
    };
  }

  /** From which octet on; the last one, where all are there: it brings the MDN (§3.2). */
  private long from(As2Response held) {
    long total = request.message().bodyLength().orElseThrow();
    String length = held.headers().first("Content-Length").orElse("0").strip();
    if (held.status() / 100 != 2 || !length.matches("\\d{1,18}")) {
      return 0;
    }
    long octets = Long.parseLong(length);
    return octets > total ? 0 : Math.max(0, Math.min(octets, total - 1));
  }

  /** What was held has gone meanwhile, where the range is refused. */
  private void ended(As2Response answer) {
    if (answer.status() == 416) {
      then(counted(whole()), result::complete);
    } else {
      result.complete(answer);
    }
  }

  /** With a Content-Range, by which some receivers decide whether to keep it (§4). */
  private Entity whole() {
    Entity message = request.message();
    return message.headers().first(EntityTag.HEADER).isPresent()
            && message.bodyLength().orElse(0) > 0
        ? new RestOfMessage(message, 0)
        : message;
  }

  private As2Request counted(Entity message) {
    CountedEntity counted = new CountedEntity(message);
    written.add(counted);
    return request.withMessage(counted);
  }
}
