package dev.as2.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Response.Timings;
import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Failure;
import dev.as2.mime.DigestAlgorithm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attempts of an earlier run, as a journal keeps them.
 *
 * @param attempts in their order
 * @param notBefore before when the next one is not to begin
 * @param digests of a message that the partner took: what its MIC may be; may be none
 * @param unproven why the last MDN that came for it was none
 */
record AttemptsNote(
    List<Attempt> attempts,
    Instant notBefore,
    Map<MicScope, Map<DigestAlgorithm, byte[]>> digests,
    Optional<String> unproven) {
  private static final String DIGESTS = "digests";
  private static final String UNPROVEN = "unproven";

  /** No attempt. */
  static final AttemptsNote NONE = new AttemptsNote(List.of(), Instant.MIN);

  AttemptsNote {
    attempts = List.copyOf(attempts);
    digests = Map.copyOf(digests);
  }

  /** Of a message that is to be sent again. */
  AttemptsNote(List<Attempt> attempts, Instant notBefore) {
    this(attempts, notBefore, Map.of(), Optional.empty());
  }

  byte[] octets(MessageId about) {
    ObjectNode note = Note.members();
    add(note, attempts);
    note.put("not-before", notBefore.toString());
    if (!digests.isEmpty()) {
      ObjectNode all = note.putObject(DIGESTS);
      digests.forEach((scope, byAlgorithm) -> {
        ObjectNode those = all.putObject(scope.name());
        byAlgorithm.forEach((algorithm, digest) -> those.put(algorithm.name(), digest));
      });
    }
    unproven.ifPresent(why -> note.put(UNPROVEN, why));
    return Note.octets(Note.Kind.ATTEMPTS, about, note);
  }

  /** What was kept, if anything was. */
  static AttemptsNote of(Optional<byte[]> kept, MessageId about) throws As2Exception {
    return kept.isPresent() ? read(kept.get(), about) : NONE;
  }

  static AttemptsNote read(byte[] octets, MessageId about) throws As2Exception {
    return Note.read(
        Note.Kind.ATTEMPTS,
        about,
        octets,
        note ->
            new AttemptsNote(
                attempts(note),
                Note.instant(note, "not-before"),
                digests(note.path(DIGESTS)),
                Note.optional(note, UNPROVEN)));
  }

  private static Map<MicScope, Map<DigestAlgorithm, byte[]>> digests(JsonNode node)
      throws IOException {
    Map<MicScope, Map<DigestAlgorithm, byte[]>> digests = new EnumMap<>(MicScope.class);
    for (String scope : (Iterable<String>) node::fieldNames) {
      Map<DigestAlgorithm, byte[]> those = new EnumMap<>(DigestAlgorithm.class);
      for (String algorithm : (Iterable<String>) node.path(scope)::fieldNames) {
        those.put(DigestAlgorithm.valueOf(algorithm), Note.octets(node.path(scope), algorithm));
      }
      digests.put(MicScope.valueOf(scope), those);
    }
    return digests;
  }

  /** Adds a member {@code attempts}. */
  static void add(ObjectNode note, List<Attempt> attempts) {
    var array = note.putArray("attempts");
    attempts.forEach(attempt -> add(array.addObject(), attempt));
  }

  private static void add(ObjectNode node, Attempt attempt) {
    node.put("started", attempt.started().toString());
    attempt.httpStatus().ifPresent(status -> node.put("status", status));
    attempt.server().ifPresent(server -> node.put("server", server));
    attempt.failure().ifPresent(failure -> add(node, failure));
    node.put("bytes-sent", attempt.bytesSent());
    Timings timings = attempt.timings();
    node.put("connect", timings.connect().toNanos());
    node.put("write", timings.write().toNanos());
    node.put("pause", timings.pause().toNanos());
    node.put("answer", timings.answer().toNanos());
  }

  /** Adds members {@code failure-code} and {@code failure-message}. */
  static void add(ObjectNode node, Failure failure) {
    node.put("failure-code", failure.code().name());
    node.put("failure-message", failure.message());
  }

  /** The member {@code attempts}. */
  static List<Attempt> attempts(JsonNode note) {
    List<Attempt> attempts = new ArrayList<>();
    for (JsonNode node : note.required("attempts")) {
      attempts.add(attempt(node));
    }
    return attempts;
  }

  private static Attempt attempt(JsonNode node) {
    return new Attempt(
        Note.instant(node, "started"),
        node.has("status")
            ? Optional.of(Math.toIntExact(Note.number(node, "status")))
            : Optional.empty(),
        Note.optional(node, "server"),
        failure(node),
        Note.number(node, "bytes-sent"),
        new Timings(
            nanos(node, "connect"),
            nanos(node, "write"),
            nanos(node, "pause"),
            nanos(node, "answer")));
  }

  private static Duration nanos(JsonNode node, String member) {
    return Duration.ofNanos(Note.number(node, member));
  }

  /** What {@link #add(ObjectNode, Failure)} has added. */
  static Optional<Failure> failure(JsonNode node) {
    return Note.optional(node, "failure-code")
        .map(code -> new Failure(FailureCode.valueOf(code), Note.text(node, "failure-message")));
  }
}
