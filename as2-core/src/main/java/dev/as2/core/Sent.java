package dev.as2.core;

import dev.as2.mime.DigestAlgorithm;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A message that was sent, as far as its MDN has to answer to it.
 *
 * @param messageId its Message-ID
 * @param local our AS2 name, its AS2-From
 * @param partner the partner's AS2 name, its AS2-To
 * @param request which MDN it asked for
 * @param mics its digests
 * @param trust what is taken for proof
 * @param repeated whether it had been sent before under the same Message-ID
 */
record Sent(
    MessageId messageId,
    As2Id local,
    As2Id partner,
    MdnRequest request,
    Mics mics,
    Trust trust,
    boolean repeated) {

  /** Which MDN a message asks for. */
  enum MdnRequest {
    NONE,
    UNSIGNED,
    SIGNED
  }

  /**
   * The digests of a message.
   *
   * @param scope the octets that are right (RFC 4130 §7.3.1, RFC 5402 §4)
   * @param algorithms the digests that are right: the message's signature's first (RFC 4130
   *     §7.4.3), then the one that was asked for, where it is another
   * @param right the digests of the right octets; none where they were not all written
   * @param known gives the digests of all octets that partners are known to hash, right and wrong,
   *     where it can: asked only when the right ones do not fit, as it may take a second look at
   *     the file
   */
  record Mics(
      MicScope scope,
      List<DigestAlgorithm> algorithms,
      Map<DigestAlgorithm, byte[]> right,
      Supplier<Optional<Map<MicScope, Map<DigestAlgorithm, byte[]>>>> known) {
    Mics {
      algorithms = List.copyOf(algorithms);
      right = Map.copyOf(right);
    }

    /** With all digests at hand. */
    Mics(
        MicScope scope,
        DigestAlgorithm algorithm,
        Map<MicScope, Map<DigestAlgorithm, byte[]>> digests) {
      this(
          scope,
          List.of(algorithm),
          digests.getOrDefault(scope, Map.of()),
          () -> Optional.of(digests));
    }

    /** The digest that is right before all others. */
    DigestAlgorithm algorithm() {
      return algorithms.get(0);
    }

    /** The algorithm by which the right octets have the stated digest, where it is a right one. */
    Optional<DigestAlgorithm> rightAlgorithm(Mic mic) {
      return algorithms.stream()
          .filter(a -> right.containsKey(a) && mic.states(right.getOrDefault(a, new byte[0])))
          .findFirst();
    }
  }

  /**
   * What is taken for proof from this partner.
   *
   * @param policy the connector's options
   * @param profile the partner's profile, for messages
   * @param certificates the profile's active SIGNING certificates
   */
  record Trust(ConnectorOptions.Mdn policy, ProfileId profile, List<X509Certificate> certificates) {
    Trust {
      certificates = List.copyOf(certificates);
    }
  }
}
