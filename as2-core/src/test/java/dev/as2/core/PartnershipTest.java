package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.CertificateEntry.Usage;
import dev.as2.mime.RsaIdentity;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates a message uses, and why there may be none. */
class PartnershipTest {
  private static final Instant NOW = Instant.now();
  private static final Random RANDOM = new Random(1);
  private static final RsaIdentity LONG =
      RsaIdentity.selfSigned(
          "long", NOW.minus(Duration.ofDays(10)), NOW.plus(Duration.ofDays(100)));
  private static final Set<Layer> SIGNED_ENCRYPTED = Set.of(Layer.SIGN, Layer.ENCRYPT);

  private final List<CertificateEntry> ours = new ArrayList<>();
  private final List<CertificateEntry> theirs = new ArrayList<>();
  private Profile.Type ourType = Profile.Type.LOCAL;

  private static CertificateEntry entry(Usage usage, int fromDays, int untilDays, boolean withKey) {
    return new CertificateEntry(
        CertificateId.random(RANDOM),
        usage,
        LONG.certificate(),
        List.of(),
        Optional.of(LONG.key()).filter(k -> withKey),
        NOW.plus(Duration.ofDays(fromDays)),
        NOW.plus(Duration.ofDays(untilDays)));
  }

  private static Connector connector(Set<Layer> layers, String... tags) {
    return Trade.connector(
        URI.create("https://partner.example/"),
        layers,
        tags.length == 0 ? Map.of() : Map.of(tags[0], tags[1]));
  }

  private Registry registry(Connector connector) {
    List<CertificateEntry> all = new ArrayList<>(ours);
    all.addAll(theirs);
    return Registry.of(
        List.of(connector),
        List.of(
            new Profile(
                Trade.LOCAL_PROFILE,
                ourType,
                Trade.OUR_ID,
                ours.stream().map(CertificateEntry::id).toList()),
            new Profile(
                Trade.PARTNER_PROFILE,
                Profile.Type.PARTNER,
                Trade.PARTNER_ID,
                theirs.stream().map(CertificateEntry::id).toList())),
        all);
  }

  private Partnership resolve(Set<Layer> layers, String... tags) throws As2Exception {
    Connector connector = connector(layers, tags);
    return Partnership.resolve(connector, registry(connector), NOW);
  }

  private void assertRefused(FailureCode code, String sentence, String... tags) {
    assertThatThrownBy(() -> resolve(SIGNED_ENCRYPTED, tags))
        .isInstanceOfSatisfying(As2Exception.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(sentence);
  }

  @Test
  void usesOfSeveralActiveCertificatesTheOneThatStaysActiveTheLongest() throws Exception {
    CertificateEntry best = entry(Usage.SIGNING, -5, 50, true);
    ours.addAll(
        List.of(
            entry(Usage.SIGNING, -5, 20, true),
            best,
            entry(Usage.SIGNING, 5, 99, true),
            entry(Usage.SIGNING, -9, -1, true),
            entry(Usage.SIGNING, -5, 60, false),
            entry(Usage.ENCRYPTION, -5, 90, true)));
    CertificateEntry theirBest = entry(Usage.ENCRYPTION, -1, 30, false);
    theirs.addAll(
        List.of(
            entry(Usage.ENCRYPTION, -5, 20, false),
            theirBest,
            entry(Usage.SIGNING, -5, 20, false),
            entry(Usage.SIGNING, -5, 30, false),
            entry(Usage.SIGNING, 5, 30, false)));

    Partnership partnership = resolve(SIGNED_ENCRYPTED);

    assertThat(partnership.signing()).contains(best);
    assertThat(partnership.encryption()).contains(theirBest);
    assertThat(partnership.verification()).as("active ones, both").hasSize(2);
    assertThat(partnership.toString()).doesNotContain("PrivateCrtKey");
  }

  @Test
  void saysThatASigningKeyIsMissing() {
    ours.add(entry(Usage.SIGNING, -5, 20, false));
    assertRefused(
        FailureCode.SIGNING_FAILED_NO_SIGNING_KEY_FOUND,
        "Profile p-00000000000000001 (MyCompany_OID) has no active SIGNING certificate with a"
            + " private key; it has ");
  }

  private static CertificateEntry curve(Usage usage) {
    RsaIdentity curve = RsaIdentity.ofKind("curve", "secp256r1");
    return CertificateEntry.of(
        CertificateId.random(RANDOM), usage, curve.certificate(), Optional.of(curve.key()));
  }

  @Test
  void signsWithAnEcKey() throws Exception {
    CertificateEntry curve = curve(Usage.SIGNING);
    ours.add(curve);
    theirs.add(entry(Usage.ENCRYPTION, -5, 20, false));
    theirs.add(entry(Usage.SIGNING, -5, 20, false));
    assertThat(resolve(SIGNED_ENCRYPTED).signing()).contains(curve);
  }

  @Test
  void saysThatNothingCanBeEncryptedToAnEcKey() {
    ours.add(entry(Usage.SIGNING, -5, 20, true));
    theirs.add(curve(Usage.ENCRYPTION));
    assertRefused(
        FailureCode.ENCRYPTION_FAILED, "is EC, and messages can be encrypted to RSA keys only.");
  }

  @Test
  void saysThatASigningKeyIsNeitherRsaNorEc() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    X500Principal name = new X500Principal("CN=edwards");
    var certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(NOW.minus(Duration.ofDays(1))),
                Date.from(NOW.plus(Duration.ofDays(1))),
                name,
                pair.getPublic())
            .build(new JcaContentSignerBuilder("Ed25519").build(pair.getPrivate()));
    ours.add(
        CertificateEntry.of(
            CertificateId.random(RANDOM),
            Usage.SIGNING,
            new JcaX509CertificateConverter().getCertificate(certificate),
            Optional.of(pair.getPrivate())));
    assertRefused(FailureCode.SIGNING_FAILED, "and has to be RSA or EC.");
  }

  @Test
  void saysThatTheSigningCertificateIsNotActive() {
    CertificateEntry past = entry(Usage.SIGNING, -5, -1, true);
    ours.add(past);
    assertRefused(FailureCode.SIGNING_FAILED_NO_SIGNING_KEY_FOUND, past.id().toString());
  }

  @Test
  void saysThatThereIsNoCertificateToEncryptTo() {
    ours.add(entry(Usage.SIGNING, -5, 20, true));
    theirs.add(entry(Usage.ENCRYPTION, 1, 20, false));
    assertRefused(
        FailureCode.ENCRYPT_FAILED_NO_ENCRYPTION_KEY_FOUND,
        "has no active ENCRYPTION certificate; it has ");
    theirs.clear();
    assertRefused(FailureCode.ENCRYPT_FAILED_NO_ENCRYPTION_KEY_FOUND, "it has none of this usage.");
  }

  @Test
  void saysThatASignedMdnCouldNotBeVerified() {
    ours.add(entry(Usage.SIGNING, -5, 20, true));
    theirs.add(entry(Usage.ENCRYPTION, -5, 20, false));
    assertRefused(
        FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND, "has no active SIGNING certificate");
  }

  @Test
  void saysThatAProfileIsOfTheWrongType() {
    ourType = Profile.Type.PARTNER;
    assertRefused(
        FailureCode.INVALID_CONFIGURATION,
        "Profile p-00000000000000001 is PARTNER, and the connector uses it as LOCAL.");
  }

  @Test
  void saysThatThereIsNoClientCertificate() {
    ours.add(entry(Usage.SIGNING, -5, 20, true));
    theirs.add(entry(Usage.ENCRYPTION, -5, 20, false));
    theirs.add(entry(Usage.SIGNING, -5, 20, false));
    assertRefused(
        FailureCode.INVALID_CONFIGURATION,
        "no active TLS certificate with a private key",
        "as2:client-certificate",
        "ON");
  }

  @Test
  void needsNoCertificatesWhereNothingIsSignedOrEncrypted() throws Exception {
    theirs.add(entry(Usage.SIGNING, -5, 20, false));
    Partnership partnership = resolve(Set.of());
    assertThat(partnership.signing()).isEmpty();
    assertThat(partnership.encryption()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PINNED", "PRIVATE_CA"})
  void saysThatThereIsNothingToRecogniseTheServerBy(String trust) {
    ours.add(entry(Usage.SIGNING, -5, 20, true));
    theirs.add(entry(Usage.ENCRYPTION, -5, 20, false));
    theirs.add(entry(Usage.SIGNING, -5, 20, false));
    theirs.add(entry(Usage.TLS, -5, -1, false));
    assertRefused(
        FailureCode.INVALID_CONFIGURATION,
        "as2:trust is "
            + trust
            + ", and partner profile p-00000000000000002 (Partner A, \"Inc.\") has no active"
            + " TLS certificate to recognise the server by.",
        "as2:trust",
        trust);
  }

  @Test
  void saysAllThatKeepsAConnectorFromSending() {
    Connector connector = connector(SIGNED_ENCRYPTED, "as2:trust", "PINNED");
    theirs.add(entry(Usage.SIGNING, -5, 10, false));
    CertificateEntry longest = entry(Usage.SIGNING, -5, 20, false);
    theirs.add(longest);

    Readiness readiness = Readiness.of(connector, registry(connector), NOW);

    assertThat(readiness.problems())
        .satisfiesExactly(
            p -> assertThat(p).contains("no active SIGNING certificate with a private key"),
            p -> assertThat(p).contains("no active ENCRYPTION certificate"),
            p -> assertThat(p).contains("as2:trust is PINNED"));
    assertThat(readiness.used()).containsExactly(longest);
  }
}
