package dev.as2.core;

import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.ConnectorOptions.LayerOrder;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.RsaIdentity;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Two parties that trade in a test, with their profiles, certificates and connectors. */
public final class Trade {
  /** Who we are; both its keys are one. */
  public static final RsaIdentity US = RsaIdentity.selfSigned("us");

  /** Who the partner is. */
  public static final RsaIdentity PARTNER = RsaIdentity.selfSigned("partner");

  public static final As2Id OUR_ID = new As2Id("MyCompany_OID");
  public static final As2Id PARTNER_ID = new As2Id("Partner A, \"Inc.\"");

  public static final ConnectorId CONNECTOR = new ConnectorId("c-0123456789abcdef0");
  public static final ProfileId LOCAL_PROFILE = new ProfileId("p-00000000000000001");
  public static final ProfileId PARTNER_PROFILE = new ProfileId("p-00000000000000002");

  private static final Random RANDOM = new Random(42);

  private Trade() {}

  /** Compressed, signed with SHA-256, encrypted with AES-128, signed synchronous MDN. */
  public static Connector connector(URI url) {
    return connector(url, Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT), Map.of());
  }

  /** With these layers, and these tags. */
  static Connector connector(URI url, Set<Layer> layers, Map<String, String> tags) {
    return connector(
        url, layers, tags, As2Config.MdnSigningAlgorithm.SHA256, As2Config.MdnResponse.SYNC);
  }

  static Connector connector(
      URI url,
      Set<Layer> layers,
      Map<String, String> tags,
      As2Config.MdnSigningAlgorithm mdnSigning,
      As2Config.MdnResponse mdnResponse) {
    As2Config as2 =
        new As2Config(
            LOCAL_PROFILE,
            PARTNER_PROFILE,
            Optional.empty(),
            layers.contains(Layer.COMPRESS)
                ? As2Config.Compression.ZLIB
                : As2Config.Compression.DISABLED,
            Optional.of(ContentCipher.AES128_CBC).filter(c -> layers.contains(Layer.ENCRYPT)),
            Optional.of(DigestAlgorithm.SHA256).filter(d -> layers.contains(Layer.SIGN)),
            mdnSigning,
            mdnResponse,
            As2Config.PreserveContentType.DISABLED,
            Optional.empty());
    return new Connector(CONNECTOR, url, as2, Optional.empty(), Optional.empty(), tags);
  }

  /** A registry with this connector, both profiles and all certificates. */
  public static Registry registry(Connector connector) {
    return registry(connector, US);
  }

  /** The same, and we sign with another key. */
  static Registry registry(Connector connector, RsaIdentity us) {
    CertificateEntry signing = entry(Usage.SIGNING, us, true);
    CertificateEntry encryption = entry(Usage.ENCRYPTION, PARTNER, false);
    CertificateEntry verification = entry(Usage.SIGNING, PARTNER, false);
    return Registry.of(
        List.of(connector),
        List.of(
            new Profile(LOCAL_PROFILE, Profile.Type.LOCAL, OUR_ID, List.of(signing.id())),
            new Profile(
                PARTNER_PROFILE,
                Profile.Type.PARTNER,
                PARTNER_ID,
                List.of(encryption.id(), verification.id()))),
        List.of(signing, encryption, verification));
  }

  static CertificateEntry entry(Usage usage, RsaIdentity identity, boolean withKey) {
    return CertificateEntry.of(
        CertificateId.random(RANDOM),
        usage,
        identity.certificate(),
        Optional.of(identity.key()).filter(k -> withKey));
  }

  /** The permutations of layers, each as its set and its order; ten with the empty one. */
  static List<Map.Entry<Set<Layer>, LayerOrder>> permutations() {
    LayerOrder first = LayerOrder.COMPRESS_FIRST;
    LayerOrder last = LayerOrder.SIGN_FIRST;
    Layer c = Layer.COMPRESS;
    Layer s = Layer.SIGN;
    Layer e = Layer.ENCRYPT;
    return List.of(
        Map.entry(Set.of(), first),
        Map.entry(Set.of(s), first),
        Map.entry(Set.of(e), first),
        Map.entry(Set.of(c), first),
        Map.entry(Set.of(c, s), first),
        Map.entry(Set.of(c, s), last),
        Map.entry(Set.of(s, e), first),
        Map.entry(Set.of(c, e), first),
        Map.entry(Set.of(c, s, e), first),
        Map.entry(Set.of(c, s, e), last));
  }
}
