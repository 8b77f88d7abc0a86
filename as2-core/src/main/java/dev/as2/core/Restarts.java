package dev.as2.core;

import dev.as2.core.As2Handler.Answer;
import dev.as2.core.As2Handler.Request;
import dev.as2.core.PartialMessages.Key;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a receiver does for AS2 Restart (draft-harding-as2-restart): says how much of a message has
 * come, and lets the rest follow. Only for partners whose agreement has it on; for all others
 * nothing is kept.
 *
 * <p>Safe for use by several threads. Octets are kept as they come, encrypted where they come so,
 * and nothing is believed of them before the whole message's signature is.
 */
final class Restarts {
  private static final System.Logger LOG = System.getLogger(AgreementRuntime.class.getName());

  private final Registry registry;
  private final PartialMessages partials;

  Restarts(Registry registry, PartialMessages partials) {
    this.registry = registry;
    this.partials = partials;
  }

  /**
   * A request's body, and what is kept of it.
   *
   * @param refusal the answer, where the request cannot be taken
   * @param partial what is kept, where anything is
   * @param body the message's, also what came before
   * @param total how many octets the message has in all, where the request says so
   */
  record Arrival(
      Optional<Answer> refusal,
      Optional<PartialMessage> partial,
      InputStream body,
      OptionalLong total)
      implements AutoCloseable {
    /** The message has its answer and need not be kept. */
    void answered() throws IOException {
      if (partial.isPresent()) {
        partial.get().forget();
      }
    }

    /** The message was accepted: should its answer be lost, that can be asked for. */
    void accepted() {
      partial.ifPresent(kept -> total.ifPresent(kept::accepted));
    }

    @Override
    public void close() throws IOException {
      if (partial.isPresent()) {
        partial.get().close();
      }
    }
  }

  /** How much is kept of the message that a {@code HEAD} names; none for whoever is unknown. */
  Answer held(Request request) {
    OptionalLong held;
    try {
      Optional<Key> key = agreed(request.headers());
      held = key.isPresent() ? partials.held(key.get()) : OptionalLong.of(0);
    } catch (IOException e) {
      return notNow(e);
    }
    return held.isEmpty()
        ? inUse()
        : new Answer(
            200, Headers.of("Content-Length", String.valueOf(held.getAsLong())), new byte[0]);
  }

  private static Answer notNow(IOException why) {
    LOG.log(System.Logger.Level.WARNING, "broken-off messages cannot be looked up now", why);
    return AgreementRuntime.unavailable("The message cannot be taken at the moment.\r\n");
  }

  private static Answer inUse() {
    return AgreementRuntime.unavailable(
        "This message is being received on another connection.\r\n");
  }

  private static Optional<Key> key(Headers headers) {
    Optional<EntityTag> tag = headers.first(EntityTag.HEADER).flatMap(EntityTag::parse);
    Optional<String> from = headers.first("AS2-From");
    Optional<String> to = headers.first("AS2-To");
    if (tag.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Key(As2Id.fromHeader(from.get()), As2Id.fromHeader(to.get()), tag.get()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no AS2 names, so not those of an agreement
    }
  }

  /** Empty where nothing is kept for this partner, or the request does not say which message. */
  private Optional<Key> agreed(Headers headers) throws As2Exception {
    Optional<Key> key = key(headers);
    return key.isEmpty()
            || registry
                .agreement(key.get().from(), key.get().to())
                .filter(agreement -> agreement.status() == Agreement.Status.ACTIVE)
                .filter(agreement -> agreement.options().restart())
                .isEmpty()
        ? Optional.empty()
        : key;
  }

  /** The message of a POST: as it comes, or what is kept and what comes. */
  Arrival arrival(Request request) {
    try {
      Optional<Key> key = agreed(request.headers());
      if (key.isEmpty()) {
        return new Arrival(
            Optional.empty(), Optional.empty(), request.body(), OptionalLong.empty());
      }
      Optional<PartialMessage> partial = partials.take(key.get());
      return partial.isEmpty() ? refused(inUse(), request) : taken(request, partial.get());
    } catch (IOException e) {
      return refused(notNow(e), request);
    }
  }

  private static Arrival taken(Request request, PartialMessage partial) throws IOException {
    boolean taken = false;
    try {
      Arrival arrival = arrival(request, partial);
      taken = arrival.partial().isPresent();
      return arrival;
    } finally {
      if (!taken) {
        partial.close();
      }
    }
  }

  private static Arrival refused(Answer answer, Request request) {
    return new Arrival(Optional.of(answer), Optional.empty(), request.body(), OptionalLong.empty());
  }

  private static Arrival arrival(Request request, PartialMessage partial) throws IOException {
    Optional<String> header = request.headers().first(ContentRange.HEADER);
    Optional<ContentRange> range =
        header.flatMap(ContentRange::parse).filter(r -> partial.fits(r) && isTheRest(r, request));
    if (header.isPresent() && range.isEmpty()) {
      return refused(
          new Answer(
              416,
              Headers.of(ContentRange.HEADER, ContentRange.unsatisfied(partial.held())),
              new byte[0]),
          request);
    }
    return new Arrival(
        Optional.empty(),
        Optional.of(partial),
        body(request, partial, range),
        range.map(r -> OptionalLong.of(r.total())).orElseGet(() -> length(request)));
  }

  private static InputStream body(
      Request request, PartialMessage partial, Optional<ContentRange> range) throws IOException {
    if (range.isEmpty() || range.get().first() == 0) {
      return partial.begun(request.body());
    }
    return partial.isAccepted(range.get())
        ? request.body() // it is read and not opened: the message was received before
        : partial.continued(range.get(), request.body());
  }

  private static OptionalLong length(Request request) {
    String length = request.headers().first("Content-Length").orElse("").strip();
    return length.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(length))
        : OptionalLong.empty();
  }

  /** It goes on to the end, and is as long as the request says. */
  private static boolean isTheRest(ContentRange range, Request request) {
    return range.isTheRest()
        && request
            .headers()
            .first("Content-Length")
            .filter(length -> !length.strip().equals(String.valueOf(range.length())))
            .isEmpty();
  }
}
