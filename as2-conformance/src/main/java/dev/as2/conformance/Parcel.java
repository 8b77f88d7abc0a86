package dev.as2.conformance;

import dev.as2.core.MessageId;
import dev.as2.core.Mic;
import dev.as2.core.MicMatch;
import dev.as2.core.MicScope;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message that is ready to be sent. Holds it whole: those of scenarios have a few MiB at the
 * most.
 *
 * @param messageId its Message-ID
 * @param receipt which MDN it asks for
 * @param headers its headers, without those of the framing
 * @param body its body
 * @param mics what its MIC may be
 */
@SuppressWarnings("ArrayRecordComponent")
record Parcel(MessageId messageId, Receipt receipt, Headers headers, byte[] body, Mics mics) {
  /**
   * The digests of a message.
   *
   * @param scope the octets that the MIC is to be over
   * @param algorithms the digests that it may be made with, the right one first
   * @param digests of all octets that partners are known to hash
   */
  record Mics(
      MicScope scope,
      List<DigestAlgorithm> algorithms,
      Map<MicScope, Map<DigestAlgorithm, byte[]>> digests) {
    MicMatch match(Optional<Mic> stated) {
      return MicMatch.of(stated, scope, algorithms, digests);
    }

    DigestAlgorithm algorithm() {
      return algorithms.get(0);
    }
  }

  Entity entity() {
    return new ContentEntity(headers, Content.of(body));
  }
}
