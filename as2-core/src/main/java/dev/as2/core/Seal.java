package dev.as2.core;

import dev.as2.mime.ContentKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What was random or dated when a message was first made. With it and the unchanged file, the same
 * octets come out again: a retry may use the Message-ID again only for identical content (RFC 4130
 * §5.5). It holds a key, and is a secret.
 *
 * @param messageId the Message-ID
 * @param date the Date header, and the signing time
 * @param boundary the boundary of multipart/signed; the salt of a PSS signature follows from it
 * @param contentKey what encryption drew, where there is encryption
 */
record Seal(MessageId messageId, Instant date, String boundary, Optional<ContentKey> contentKey) {

  /** Draws a new one for a message of this partnership. */
  static Seal draw(MessageId messageId, Partnership partnership, Instant now, SecureRandom random)
      throws As2Exception {
    return new Seal(
        messageId,
        now.truncatedTo(ChronoUnit.SECONDS),
        "as2-" + Uuids.random(random),
        contentKey(partnership, random));
  }

  private static Optional<ContentKey> contentKey(Partnership partnership, SecureRandom random)
      throws As2Exception {
    if (partnership.encryption().isEmpty()) {
      return Optional.empty();
    }
    CertificateEntry recipient = partnership.encryption().get();
    try {
      return Optional.of(
          ContentKey.draw(
              partnership.cipher().orElseThrow(),
              partnership.options().crypto().keyTransport(),
              List.of(recipient.certificate()),
              random));
    } catch (GeneralSecurityException e) {
      throw new As2Exception(
          FailureCode.ENCRYPTION_FAILED,
          "Cannot encrypt to certificate %s of profile %s: %s"
              .formatted(recipient.id(), partnership.partner().id(), e.getMessage()),
          e);
    }
  }
}
