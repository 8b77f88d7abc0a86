package dev.as2.core;

import java.util.Map;

/** A registry that was given everything at once. */
record InMemoryRegistry(
    Map<ConnectorId, Connector> connectors,
    Map<ProfileId, Profile> profiles,
    Map<CertificateId, CertificateEntry> certificates)
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

  private static <I, T> T find(String kind, I id, Map<I, T> all) throws As2Exception {
    T found = all.get(id);
    if (found == null) {
      throw new As2Exception(
          FailureCode.CONNECTOR_NOT_FOUND, "There is no " + kind + " " + id + ".");
    }
    return found;
  }
}
