package dev.as2.core;

import java.util.Collection;
import java.util.Map;
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

  /** A registry of what is given, in memory. */
  static Registry of(
      Collection<Connector> connectors,
      Collection<Profile> profiles,
      Collection<CertificateEntry> certificates) {
    return new InMemoryRegistry(
        byId(connectors, Connector::id),
        byId(profiles, Profile::id),
        byId(certificates, CertificateEntry::id));
  }

  private static <I, T> Map<I, T> byId(Collection<T> all, Function<T, I> id) {
    return all.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
  }
}
