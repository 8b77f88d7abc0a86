package dev.as2.interop;

import dev.as2.core.As2Config;
import dev.as2.core.As2Id;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.core.Registry;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How messages of a test are made: what becomes a connector, with the profiles and certificates of
 * both sides. Immutable.
 *
 * @param layers which layers
 * @param cipher of the encryption, where there is one
 * @param digest of the signature, where there is one
 * @param mdn which MDN is asked for
 * @param tags the connector's options
 */
record Agreement(
    Layers layers,
    ContentCipher cipher,
    DigestAlgorithm digest,
    WantedMdn mdn,
    Map<String, String> tags) {
  /** The one connector. */
  static final ConnectorId CONNECTOR = new ConnectorId("c-0123456789abcdef0");

  private static final ProfileId LOCAL = new ProfileId("p-00000000000000001");
  private static final ProfileId PARTNER = new ProfileId("p-00000000000000002");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** AES-128, SHA-256, and one attempt, so that a first failure is seen. */
  static Agreement of(Layers layers, WantedMdn mdn) {
    return new Agreement(layers, ContentCipher.AES128_CBC, DigestAlgorithm.SHA256, mdn, Map.of())
        .with(ConnectorOption.LAYER_ORDER, layers.order().name())
        .with(ConnectorOption.RETRY_ATTEMPTS, "1");
  }

  Agreement with(ConnectorOption option, String value) {
    return with(option.tag(), value);
  }

  Agreement with(String tag, String value) {
    Map<String, String> more = new HashMap<>(tags);
    more.put(tag, value);
    return new Agreement(layers, cipher, digest, mdn, more);
  }

  Agreement with(ContentCipher other) {
    return new Agreement(layers, other, digest, mdn, tags);
  }

  Agreement with(DigestAlgorithm other) {
    return new Agreement(layers, cipher, other, mdn, tags);
  }

  /** A registry in which {@link #CONNECTOR} leads from us to the partner. */
  Registry registry(Identity ours, Counterpart partner) {
    CertificateEntry signing =
        CertificateEntry.of(
            CertificateId.random(RANDOM),
            Usage.SIGNING,
            ours.certificate(),
            Optional.of(ours.key()));
    List<CertificateEntry> theirs = certificates(partner);
    List<CertificateEntry> all = new ArrayList<>(theirs);
    all.add(signing);
    return Registry.of(
        List.of(connector(partner)),
        List.of(
            new Profile(LOCAL, Profile.Type.LOCAL, new As2Id(ours.as2Id()), List.of(signing.id())),
            new Profile(
                PARTNER,
                Profile.Type.PARTNER,
                new As2Id(partner.as2Id()),
                theirs.stream().map(CertificateEntry::id).toList())),
        all);
  }

  private static List<CertificateEntry> certificates(Counterpart partner) {
    List<CertificateEntry> all = new ArrayList<>();
    all.add(entry(Usage.ENCRYPTION, partner.encryption()));
    all.add(entry(Usage.SIGNING, partner.signing()));
    partner.tls().ifPresent(certificate -> all.add(entry(Usage.TLS, certificate)));
    return all;
  }

  private static CertificateEntry entry(Usage usage, X509Certificate certificate) {
    return CertificateEntry.of(CertificateId.random(RANDOM), usage, certificate, Optional.empty());
  }

  private Connector connector(Counterpart partner) {
    Agreement complete = partner.tls().isPresent() ? with(ConnectorOption.TRUST, "PINNED") : this;
    URI url = partner.url();
    return new Connector(
        CONNECTOR, url, as2(), Optional.empty(), Optional.empty(), complete.tags());
  }

  private As2Config as2() {
    return new As2Config(
        LOCAL,
        PARTNER,
        Optional.empty(),
        layers.compress() ? As2Config.Compression.ZLIB : As2Config.Compression.DISABLED,
        Optional.of(cipher).filter(c -> layers.encrypt()),
        Optional.of(digest).filter(d -> layers.sign()),
        mdn.signature(layers),
        mdn.response(),
        As2Config.PreserveContentType.DISABLED,
        Optional.empty());
  }
}
