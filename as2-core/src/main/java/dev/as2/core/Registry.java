package dev.as2.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where connectors, profiles and certificates are found by their ids. Safe for use by several
 * threads.
 */
public interface Registry {
  /**
   * @throws As2Exception {@code CONNECTOR_NOT_FOUND} where there is none, {@code
   *     INVALID_CONFIGURATION} where it cannot be read
   */
  Connector connector(ConnectorId id) throws As2Exception;

  /**
   * @throws As2Exception as {@link #connector}
   */
  Profile profile(ProfileId id) throws As2Exception;

  /**
   * @throws As2Exception as {@link #connector}
   */
  CertificateEntry certificate(CertificateId id) throws As2Exception;

  /**
   * The agreement under which messages are received: its partner profile is named {@code from}, its
   * local one {@code to}. Of several an active one; one that is inactive where there is no other.
   *
   * @param from the sender, as {@code AS2-From} names it
   * @param to the receiver, as {@code AS2-To} names it
   * @throws As2Exception {@code INVALID_CONFIGURATION} where it cannot be read
   */
  default Optional<Agreement> agreement(As2Id from, As2Id to) throws As2Exception {
    return Optional.empty();
  }

  /**
   * The hosts of the connectors to a partner: asynchronous MDNs may be posted there.
   *
   * @throws As2Exception as {@link #agreement}
   */
  default Set<String> hosts(ProfileId partner) throws As2Exception {
    return Set.of();
  }

  /** A registry of what is given, in memory, with no agreements. */
  static Registry of(
      Collection<Connector> connectors,
      Collection<Profile> profiles,
      Collection<CertificateEntry> certificates) {
    return of(connectors, profiles, certificates, List.of());
  }

  /** A registry of what is given, in memory. */
  static Registry of(
      Collection<Connector> connectors,
      Collection<Profile> profiles,
      Collection<CertificateEntry> certificates,
      Collection<Agreement> agreements) {
    return new InMemoryRegistry(
        byId(connectors, Connector::id),
        byId(profiles, Profile::id),
        byId(certificates, CertificateEntry::id),
        List.copyOf(agreements));
  }

  private static <I, T> Map<I, T> byId(Collection<T> all, Function<T, I> id) {
    return all.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
  }
}
