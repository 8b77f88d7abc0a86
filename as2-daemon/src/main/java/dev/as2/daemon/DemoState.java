package dev.as2.daemon;

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
import dev.as2.core.Receiver;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.NewFiles;
import dev.as2.daemon.aws.PrivateKeys;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of the demonstration: our configuration in {@code config/}, the partner's key and what
 * it received in {@code partner/}, and the sample file in {@code outbox/}. Made once, whole or not
 * at all, and used again by later runs.
 */
record DemoState(Path root) {
  /** The one connector. */
  static final ConnectorId CONNECTOR = new ConnectorId("c-00000000000000de0");

  static final As2Id US = new As2Id("demo-sender");
  static final As2Id PARTNER = new As2Id("demo-partner");
  private static final ProfileId OUR_PROFILE = new ProfileId("p-00000000000000de1");
  private static final ProfileId PARTNER_PROFILE = new ProfileId("p-00000000000000de2");
  private static final CertificateId OUR_SIGNING = new CertificateId("cert-00000000000000de1");
  private static final CertificateId OUR_ENCRYPTION = new CertificateId("cert-00000000000000de2");
  private static final CertificateId PARTNER_SIGNING = new CertificateId("cert-00000000000000de3");
  private static final CertificateId PARTNER_ENCRYPTION =
      new CertificateId("cert-00000000000000de4");

  private static final Duration VALIDITY = Duration.ofDays(3650);
  private static final int KEY_BITS = 2048;
  private static final String SAMPLE = "sample-850.edi";

  /**
   * Opens the folder, and fills it where it is not there or empty.
   *
   * @throws IllegalArgumentException where it holds something else
   */
  static DemoState open(Path root) throws IOException {
    DemoState state = new DemoState(root);
    if (!Files.isDirectory(state.config())) {
      if (Files.isDirectory(root) && !isEmpty(root)) {
        throw new IllegalArgumentException(
            root + " is not empty and holds no earlier demo; name another folder with --state");
      }
      create(root.toAbsolutePath().normalize());
    }
    return state;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      return !all.iterator().hasNext();
    }
  }

  /** Under another name first, so that a run that breaks off leaves nothing half made. */
  private static void create(Path root) throws IOException {
    Path parent = Optional.ofNullable(root.getParent()).orElse(root);
    Files.createDirectories(parent);
    Path making = Files.createTempDirectory(parent, root.getFileName() + ".making-");
    DemoState state = new DemoState(making);
    SelfSigned.Pair partner =
        SelfSigned.create(
            EnumSet.of(Usage.SIGNING, Usage.ENCRYPTION), "Demo Partner", VALIDITY, KEY_BITS);
    state.writePartner(partner);
    state.writeConfig(partner);
    Files.move(making, root, StandardCopyOption.ATOMIC_MOVE);
  }

  private void writePartner(SelfSigned.Pair partner) throws IOException {
    Files.createDirectories(received());
    Files.createDirectories(outbox());
    NewFiles.writeSecret(
        partnerKey(), CertificateText.pem("PRIVATE KEY", partner.key().getEncoded()));
    NewFiles.write(partnerCertificate(), CertificateText.pem(partner.certificate()));
  }

  private void writeConfig(SelfSigned.Pair partner) throws IOException {
    ConfigWriter config = new ConfigWriter(config());
    for (CertificateEntry entry :
        List.of(
            ours(Usage.SIGNING, OUR_SIGNING),
            ours(Usage.ENCRYPTION, OUR_ENCRYPTION),
            partner.publicEntry(PARTNER_SIGNING, Usage.SIGNING),
            partner.publicEntry(PARTNER_ENCRYPTION, Usage.ENCRYPTION))) {
      config.certificate(entry);
    }
    config.profile(
        new Profile(OUR_PROFILE, Profile.Type.LOCAL, US, List.of(OUR_SIGNING, OUR_ENCRYPTION)));
    config.profile(
        new Profile(
            PARTNER_PROFILE,
            Profile.Type.PARTNER,
            PARTNER,
            List.of(PARTNER_SIGNING, PARTNER_ENCRYPTION)));
    config.connector(connector());
  }

  /** The port is another one in each run; nobody waits for a partner that has failed. */
  private static Connector connector() {
    As2Config as2 =
        new As2Config(
            OUR_PROFILE,
            PARTNER_PROFILE,
            Optional.empty(),
            As2Config.Compression.ZLIB,
            Optional.of(ContentCipher.AES256_CBC),
            Optional.of(DigestAlgorithm.SHA256),
            As2Config.MdnSigningAlgorithm.DEFAULT,
            As2Config.MdnResponse.SYNC,
            As2Config.PreserveContentType.DISABLED,
            Optional.empty());
    return new Connector(
        CONNECTOR,
        URI.create("http://127.0.0.1:4080/as2"),
        as2,
        Optional.empty(),
        Optional.empty(),
        Map.of(ConnectorOption.RETRY_ATTEMPTS.tag(), "1"));
  }

  private static CertificateEntry ours(Usage usage, CertificateId id) {
    return SelfSigned.create(Set.of(usage), "Demo Sender " + usage, VALIDITY, KEY_BITS)
        .entry(id, usage);
  }

  Path config() {
    return root.resolve("config");
  }

  Path outbox() {
    return root.resolve("outbox");
  }

  Path received() {
    return root.resolve("partner").resolve("received");
  }

  Path partnerCertificate() {
    return root.resolve("partner").resolve("certificate.pem");
  }

  /** The key of the sender whom the partner knows. */
  Path ourSigningKey() {
    return config().resolve("certificates").resolve(OUR_SIGNING + ".key.pem");
  }

  /** That sender's certificate, as PEM; made where it is not there. */
  Path ourSigningCertificate() throws IOException {
    Path file = root.resolve("partner").resolve("sender.pem");
    if (!Files.exists(file)) {
      CertificateEntry ours = ConfigFolder.open(config(), Map.of()).certificate(OUR_SIGNING);
      NewFiles.write(file, CertificateText.pem(ours.certificate()));
    }
    return file;
  }

  private Path partnerKey() {
    return root.resolve("partner").resolve("key.pem");
  }

  /** The file that is sent where the user names none. */
  Path sample() throws IOException {
    Path sample = outbox().resolve(SAMPLE);
    if (!Files.exists(sample)) {
      Files.createDirectories(outbox());
      try (InputStream resource =
          Optional.ofNullable(DemoState.class.getResourceAsStream(SAMPLE)).orElseThrow()) {
        Files.copy(resource, sample);
      }
    }
    return sample;
  }

  /** The partner, as it would run elsewhere. */
  Receiver partner() throws IOException {
    Files.createDirectories(received());
    PrivateKey key = PrivateKeys.pem(Files.readAllBytes(partnerKey()), Optional::empty);
    X509Certificate own = CertificateText.read(Files.readAllBytes(partnerCertificate())).get(0);
    CertificateEntry sender = ConfigFolder.open(config(), Map.of()).certificate(OUR_SIGNING);
    return new Receiver(
        new Receiver.Party(PARTNER, key, own),
        new Receiver.Sender(US, List.of(sender.certificate())),
        received(),
        Clock.systemUTC());
  }
}
