package dev.as2.conformance;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What some scenarios need besides the endpoint.
 *
 * @param inbox where the endpoint stores files, where that is at hand
 * @param mdns where asynchronous MDNs come in, where the endpoint can reach us
 * @param signers further keys of ours that the endpoint knows
 */
record Means(Optional<Inbox> inbox, Optional<MdnListener> mdns, List<Party> signers) {
  static final Means NONE = new Means(Optional.empty(), Optional.empty(), List.of());

  Means {
    signers = List.copyOf(signers);
  }

  Means with(Inbox folder) {
    return new Means(Optional.of(folder), mdns, signers);
  }

  Means with(MdnListener listener) {
    return new Means(inbox, Optional.of(listener), signers);
  }

  Means with(List<Party> keys) {
    return new Means(inbox, mdns, keys);
  }

  /**
   * A key of ours.
   *
   * @param kind which one it is to be, for people
   * @throws NotRunException where there is none
   */
  Party signer(Party us, String kind, Predicate<Party> is) throws NotRunException {
    if (is.test(us)) {
      return us;
    }
    return signers.stream()
        .filter(is)
        .findFirst()
        .orElseThrow(() ->
            new NotRunException("--signer with " + kind + " of ours that the endpoint knows, too"));
  }

  /**
   * The listener.
   *
   * @throws NotRunException where there is none
   */
  MdnListener listener() throws NotRunException {
    return mdns.orElseThrow(
        () -> new NotRunException("--mdn-url, where the endpoint can post asynchronous MDNs to"));
  }
}
