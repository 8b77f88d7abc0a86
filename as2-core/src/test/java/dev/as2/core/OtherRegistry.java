package dev.as2.core;

import dev.as2.core.CertificateEntry.Usage;
import dev.as2.mime.RsaIdentity;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A registry in which everything was changed since: the connector, its options, both profiles and
 * their certificates; the old certificates are still there, but nobody names them.
 */
class OtherRegistry implements Registry {
  private static final RsaIdentity LATER = RsaIdentity.selfSigned("later");

  private final Registry old;
  private final Registry changed;

  OtherRegistry(Registry old) {
    this.old = old;
    CertificateEntry ours = Trade.entry(Usage.SIGNING, LATER, true);
    CertificateEntry theirs = Trade.entry(Usage.ENCRYPTION, LATER, false);
    CertificateEntry verifies = Trade.entry(Usage.SIGNING, LATER, false);
    this.changed =
        Registry.of(
            List.of(connector()),
            List.of(
                new Profile(
                    Trade.LOCAL_PROFILE,
                    Profile.Type.LOCAL,
                    new As2Id("Renamed"),
                    List.of(ours.id())),
                new Profile(
                    Trade.PARTNER_PROFILE,
                    Profile.Type.PARTNER,
                    new As2Id("Renamed too"),
                    List.of(theirs.id(), verifies.id()))),
            List.of(ours, theirs, verifies));
  }

  private static Connector connector() {
    return Trade.connector(
        URI.create("https://elsewhere.example/"),
        Set.of(Layer.SIGN),
        Map.of(
            "as2:as2-version",
            "1.0",
            "as2:framing",
            "CHUNKED",
            "as2:compression-level",
            "9",
            "as2:transfer-encoding",
            "BASE64",
            "as2:cms-algorithm-protection",
            "ON",
            "as2:signer-certificate",
            "OMITTED",
            "as2:micalg-spelling",
            "RFC3851",
            "as2:header:X-New",
            "new",
            "as2:retry-attempts",
            "1"),
        As2Config.MdnSigningAlgorithm.SHA512,
        As2Config.MdnResponse.NONE);
  }

  @Override
  public Connector connector(ConnectorId id) throws As2Exception {
    return changed.connector(id);
  }

  @Override
  public Profile profile(ProfileId id) throws As2Exception {
    return changed.profile(id);
  }

  @Override
  public CertificateEntry certificate(CertificateId id) throws As2Exception {
    try {
      return changed.certificate(id);
    } catch (As2Exception e) { // nothing new has this id
      return old.certificate(id);
    }
  }
}
