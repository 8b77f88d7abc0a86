package dev.as2.daemon;

import dev.as2.core.As2Exception;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.core.Registry;
import java.net.URI;

/**
 * A registry whose connectors all lead to one address: that of the partner of this run. In memory,
 * so that two demonstrations at once do not send to each other's partner.
 */
record DemoRegistry(Registry registry, URI partner) implements Registry {
  @Override
  public Connector connector(ConnectorId id) throws As2Exception {
    Connector written = registry.connector(id);
    return new Connector(
        written.id(),
        partner,
        written.as2(),
        written.accessRole(),
        written.loggingRole(),
        written.tags());
  }

  @Override
  public Profile profile(ProfileId id) throws As2Exception {
    return registry.profile(id);
  }

  @Override
  public CertificateEntry certificate(CertificateId id) throws As2Exception {
    return registry.certificate(id);
  }
}
