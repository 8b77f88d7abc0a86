package dev.as2.core;

import java.util.List;

/**
 * One side of a trade: who we are, or who they are (AWS CreateProfile).
 *
 * @param id its id
 * @param type which side
 * @param as2Id its AS2 name; AWS takes none with spaces, a partner's may have them
 * @param certificateIds what it signs and is encrypted to with, several so that they can be
 *     replaced
 */
public record Profile(ProfileId id, Type type, As2Id as2Id, List<CertificateId> certificateIds) {
  /** AWS's limit of certificates per profile. */
  static final int MAX_CERTIFICATES = 10;

  /**
   * @throws IllegalArgumentException where there are too many certificates, or a local AS2 name has
   *     spaces
   */
  public Profile {
    certificateIds = List.copyOf(certificateIds);
    if (certificateIds.size() > MAX_CERTIFICATES) {
      throw new IllegalArgumentException(
          "profile " + id + " has more than " + MAX_CERTIFICATES + " certificates");
    }
    if (type == Type.LOCAL && as2Id.value().indexOf(' ') >= 0) {
      throw new IllegalArgumentException(
          "the As2Id of local profile " + id + " has a space: '" + as2Id + "'");
    }
  }

  /** Which side of the trade a profile is. */
  public enum Type {
    LOCAL,
    PARTNER
  }
}
