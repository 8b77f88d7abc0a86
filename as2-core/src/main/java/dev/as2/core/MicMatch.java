package dev.as2.core;

import dev.as2.mime.DigestAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the MIC of an MDN compares with what was sent. A MIC is right when it is the digest that RFC
 * 4130 §7.3.1 and RFC 5402 §4 demand; another digest that we know says what the partner did wrong.
 */
public sealed interface MicMatch {
  /** The word of the outcome record: {@code rfc}, {@code variant:<name>}, ... */
  String word();

  /**
   * The right digest.
   *
   * @param oddName whether the MDN names another algorithm than the one that it was made with
   */
  record Right(boolean oddName) implements MicMatch {
    @Override
    public String word() {
      return "rfc";
    }
  }

  /** A digest of other octets, or by another algorithm. */
  record Variant(MicScope scope, DigestAlgorithm algorithm) implements MicMatch {
    @Override
    public String word() {
      return "variant:" + scope.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A digest of nothing that we know.
   *
   * @param searched whether it was held against all that we know, and not only against the right
   *     digests: for more, the file may have to be read again
   */
  record Mismatch(boolean searched) implements MicMatch {
    @Override
    public String word() {
      return "mismatch";
    }
  }

  /** The MDN states no MIC. */
  record Absent() implements MicMatch {
    @Override
    public String word() {
      return "absent";
    }
  }

  /** Compares. The right digest comes first, then right octets by another digest, then the rest. */
  static MicMatch of(Optional<Mic> stated, Sent.Mics sent) {
    if (stated.isEmpty()) {
      return new Absent();
    }
    Mic mic = stated.get();
    Optional<DigestAlgorithm> right = sent.rightAlgorithm(mic);
    if (right.isPresent()) {
      return new Right(mic.algorithm().filter(named -> named != right.get()).isPresent());
    }
    return sent.known()
        .get()
        .map(known -> wrong(mic, sent.scope(), known))
        .orElseGet(() -> new Mismatch(false));
  }

  /**
   * Compares with digests that are all at hand.
   *
   * @param right the octets that are right
   * @param algorithms the digests that are right, the one that should be used first
   * @param digests of all octets that partners are known to hash
   */
  static MicMatch of(
      Optional<Mic> stated,
      MicScope right,
      List<DigestAlgorithm> algorithms,
      Map<MicScope, Map<DigestAlgorithm, byte[]>> digests) {
    return of(
        stated,
        new Sent.Mics(
            right, algorithms, digests.getOrDefault(right, Map.of()), () -> Optional.of(digests)));
  }

  private static MicMatch wrong(
      Mic mic, MicScope right, Map<MicScope, Map<DigestAlgorithm, byte[]>> known) {
    return Stream.concat(Stream.of(right), Arrays.stream(MicScope.values()))
        .flatMap(scope -> variant(mic, scope, known.getOrDefault(scope, Map.of())))
        .findFirst()
        .orElseGet(() -> new Mismatch(true));
  }

  private static Stream<MicMatch> variant(
      Mic mic, MicScope scope, Map<DigestAlgorithm, byte[]> digests) {
    return digests.entrySet().stream()
        .filter(digest -> mic.states(digest.getValue()))
        .map(digest -> new Variant(scope, digest.getKey()));
  }
}
