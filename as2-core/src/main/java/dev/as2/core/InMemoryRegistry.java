package dev.as2.core;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A registry that was given everything at once. */
record InMemoryRegistry(
    Map<ConnectorId, Connector> connectors,
    Map<ProfileId, Profile> profiles,
    Map<CertificateId, CertificateEntry> certificates,
    List<Agreement> agreements)
    implements Registry {

  @Override
  public Connector connector(ConnectorId id) throws As2Exception {
    return find("connector", id, connectors);
  }

  @Override
  public Profile profile(ProfileId id) throws As2Exception {
    return find("profile", id, profiles);
  }

  @Override
  public CertificateEntry certificate(CertificateId id) throws As2Exception {
    return find("certificate", id, certificates);
  }

  @Override
  public Optional<Agreement> agreement(As2Id from, As2Id to) {
    return agreements.stream()
        .filter(a -> isNamed(a.partnerProfileId(), from) && isNamed(a.localProfileId(), to))
        .min(Comparator.comparing(Agreement::status)); // active ones come first
  }

  @Override
  public Set<String> hosts(ProfileId partner) {
    return connectors.values().stream()
        .filter(connector -> connector.as2().partnerProfileId().equals(partner))
        .map(connector -> connector.url().getHost())
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isNamed(ProfileId id, As2Id name) {
    Profile profile = profiles.get(id);
    return profile != null && profile.as2Id().equals(name);
  }

  private static <I, T> T find(String kind, I id, Map<I, T> all) throws As2Exception {
    T found = all.get(id);
    if (found == null) {
      throw new As2Exception(
          FailureCode.CONNECTOR_NOT_FOUND, "There is no " + kind + " " + id + ".");
    }
    return found;
  }
}
