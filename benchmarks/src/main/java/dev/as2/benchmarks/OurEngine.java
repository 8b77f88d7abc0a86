package dev.as2.benchmarks;

import dev.as2.benchmarks.contender.Keys;
import dev.as2.benchmarks.contender.Setup;
import dev.as2.core.As2Client;
import dev.as2.core.As2Config;
import dev.as2.core.As2Exception;
import dev.as2.core.As2Id;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.core.Registry;
import dev.as2.core.SendResult;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.s3.S3FileStore;
import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.LogManager;

/**
 * Our sender as a host embeds it: one runtime, one client, files of a folder or of S3, results
 * written in full. Safe for use by several threads; lives as long as its process.
 *
 * <p>Arguments of its own: {@code connections=} how many there may be; {@code results=} a folder
 * for result files, on the file system of what is sent; {@code s3=} the endpoint of a server whose
 * bucket {@code outbox} is sent from.
 */
final class OurEngine {
  /** The bucket of all files. */
  static final String BUCKET = "outbox";

  private static final ConnectorId CONNECTOR = new ConnectorId("c-0123456789abcdef0");
  private static final ProfileId LOCAL = new ProfileId("p-00000000000000001");
  private static final ProfileId PARTNER = new ProfileId("p-00000000000000002");

  private final ConnectorRuntime runtime;
  private final Optional<Path> folder;
  private final Map<Path, String> paths = new ConcurrentHashMap<>();

  private OurEngine(ConnectorRuntime runtime, Optional<Path> folder) {
    this.runtime = runtime;
    this.folder = folder;
  }

  /** Assembles it from a contender's arguments. */
  static OurEngine of(Setup setup) throws IOException, GeneralSecurityException {
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    int connections = setup.option("connections").map(Integer::parseInt).orElse(64);
    As2Client client = NettyAs2Client.builder().maxConnectionsPerPartner(connections).build();
    Optional<URI> s3 = setup.option("s3").map(URI::create);
    Optional<Path> folder =
        s3.isPresent()
            ? Optional.empty()
            : Optional.of(Files.createDirectories(Path.of(setup.option("results").orElseThrow())));
    FileStore store =
        folder.isPresent()
            ? LocalFileStore.of(Map.of(BUCKET, folder.get()))
            : s3Store(s3.orElseThrow());
    return new OurEngine(ConnectorRuntime.builder(registry(setup), store, client).build(), folder);
  }

  /** Sends a file; fails where the transfer does. */
  CompletableFuture<SendResult> send(Path file) {
    return runtime
        .send(CONNECTOR, paths.computeIfAbsent(file, this::place))
        .thenApply(OurEngine::checked);
  }

  private static SendResult checked(SendResult result) {
    result
        .failure()
        .ifPresent(failure -> {
          throw new IllegalStateException(failure.code() + ": " + failure.message());
        });
    return result;
  }

  /** Results are written beside what is sent, so that it appears in the results' folder, too. */
  private String place(Path file) {
    String name = file.getFileName().toString();
    folder.ifPresent(f -> {
      try {
        if (!Files.exists(f.resolve(name))) {
          appear(file, f.resolve(name));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot link " + file + " into " + f, e);
      }
    });
    return "/" + BUCKET + "/" + name;
  }

  private static void appear(Path file, Path there) throws IOException {
    if (Files.getFileStore(file).equals(Files.getFileStore(there.getParent()))) {
      Files.createLink(there, file);
    } else {
      Files.copy(file, there);
    }
  }

  private static FileStore s3Store(URI endpoint) throws As2Exception {
    return S3FileStore.builder()
        .endpoint(endpoint)
        .region("us-east-1")
        .pathStyle()
        .credentials(S3Peer.CREDENTIALS)
        .build();
  }

  private static Registry registry(Setup setup) throws IOException, GeneralSecurityException {
    Keys keys = Keys.read(setup.keystore());
    SecureRandom random = new SecureRandom();
    CertificateEntry ours =
        CertificateEntry.of(
            CertificateId.random(random), Usage.SIGNING, keys.us(), Optional.of(keys.key()));
    List<CertificateEntry> theirs =
        List.of(
            CertificateEntry.of(
                CertificateId.random(random), Usage.ENCRYPTION, keys.partner(), Optional.empty()),
            CertificateEntry.of(
                CertificateId.random(random), Usage.SIGNING, keys.partner(), Optional.empty()));
    return Registry.of(
        List.of(connector(setup)),
        List.of(
            new Profile(LOCAL, Profile.Type.LOCAL, new As2Id(Keys.US), List.of(ours.id())),
            new Profile(
                PARTNER,
                Profile.Type.PARTNER,
                new As2Id(Keys.PARTNER),
                theirs.stream().map(CertificateEntry::id).toList())),
        List.of(ours, theirs.get(0), theirs.get(1)));
  }

  private static Connector connector(Setup setup) {
    As2Config as2 =
        new As2Config(
            LOCAL,
            PARTNER,
            Optional.empty(),
            setup.compress() ? As2Config.Compression.ZLIB : As2Config.Compression.DISABLED,
            Optional.of(ContentCipher.AES128_CBC),
            Optional.of(DigestAlgorithm.SHA256),
            As2Config.MdnSigningAlgorithm.DEFAULT,
            setup.mdn() == Setup.Receipt.SIGNED
                ? As2Config.MdnResponse.SYNC
                : As2Config.MdnResponse.NONE,
            As2Config.PreserveContentType.DISABLED,
            Optional.empty());
    // One attempt, so that a failure is seen and no pause is measured.
    return new Connector(CONNECTOR, setup.url(), as2, Optional.empty(), Optional.empty(), Map.of())
        .with(ConnectorOption.RETRY_ATTEMPTS, "1");
  }
}
