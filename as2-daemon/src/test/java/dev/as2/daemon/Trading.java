package dev.as2.daemon;

import dev.as2.core.As2Config;
import dev.as2.core.As2Config.AsyncMdn;
import dev.as2.core.As2Exception;
import dev.as2.core.As2Handler;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.core.Registry;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.CreateConnectorResponse;
import software.amazon.awssdk.services.transfer.model.Tag;

/**
 * The demonstration's two sides for tests of other packages: a folder to send from, and a partner.
 */
public final class Trading implements Registry, AutoCloseable {
  private final DemoState demo;
  private final Registry registry;
  private final NettyAs2Server server;
  private final Path outbox;
  private final Map<ConnectorOption, String> options = new ConcurrentHashMap<>();
  private volatile Runnable whenAsked = () -> {};
  private volatile Optional<URI> mdns = Optional.empty();

  private Trading(DemoState demo, Path outbox, UnaryOperator<As2Handler> partner)
      throws IOException {
    this.demo = demo;
    this.outbox = Files.createDirectories(outbox);
    server =
        NettyAs2Server.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            partner.apply(demo.partner()));
    URI url = URI.create("http://127.0.0.1:" + server.address().getPort() + "/as2");
    registry = new DemoRegistry(ConfigFolder.open(demo.config(), Map.of()), url);
  }

  /**
   * @param partner what becomes of the partner who answers everything
   */
  public static Trading open(Path folder, UnaryOperator<As2Handler> partner) throws IOException {
    return new Trading(DemoState.open(folder.resolve("demo")), folder.resolve("outbox"), partner);
  }

  /** One with a partner who answers everything. */
  public static Trading open(Path folder) throws IOException {
    return open(folder, UnaryOperator.identity());
  }

  /** Sets an option of the connector. */
  public Trading with(ConnectorOption option, String value) {
    options.put(option, value);
    return this;
  }

  /** From now on asks for asynchronous MDNs. */
  public Trading asynchronous(URI url) {
    mdns = Optional.of(url);
    return this;
  }

  /** Runs what may block or fail each time that somebody looks for a connector. */
  public void whenAsked(Runnable hook) {
    whenAsked = hook;
  }

  public ConnectorId connectorId() {
    return DemoState.CONNECTOR;
  }

  /** Where the partner has what it received, by the files' names. */
  public Path received() {
    return demo.received();
  }

  /** Where the files to send are: the bucket {@code out}. */
  public Path outbox() {
    return outbox;
  }

  public FileStore store() throws IOException {
    return LocalFileStore.of(Map.of("out", outbox));
  }

  /** A file to send. */
  public FilePath file(String name, String content) throws IOException {
    Files.writeString(outbox.resolve(name), content);
    return new FilePath("out", name);
  }

  /** Makes the connector through an API, with all that it needs. */
  public ConnectorId create(TransferClient api) throws IOException {
    Connector ours = connector(connectorId());
    String local = create(api, profile(ours.as2().localProfileId()));
    String partner = create(api, profile(ours.as2().partnerProfileId()));
    CreateConnectorResponse created =
        api.createConnector(request ->
            request
                .url(ours.url().toString())
                .accessRole("arn:aws:iam::000000000000:role/as2")
                .as2Config(config ->
                    config
                        .localProfileId(local)
                        .partnerProfileId(partner)
                        .compression("ZLIB")
                        .encryptionAlgorithm("AES256_CBC")
                        .signingAlgorithm("SHA256")
                        .mdnSigningAlgorithm("DEFAULT")
                        .mdnResponse("SYNC"))
                .tags(
                    ours.tags().entrySet().stream()
                        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                        .toList()));
    return new ConnectorId(created.connectorId());
  }

  private String create(TransferClient api, Profile profile) throws IOException {
    List<String> certificates = new ArrayList<>();
    for (CertificateId id : profile.certificateIds()) {
      CertificateEntry entry = certificate(id);
      Path key = demo.config().resolve("certificates/" + id + ".key.pem");
      Optional<String> pem =
          Files.exists(key) ? Optional.of(Files.readString(key)) : Optional.empty();
      certificates.add(
          api.importCertificate(request ->
                  request
                      .usage(entry.usage().name())
                      .certificate(CertificateText.pem(entry.certificate()))
                      .privateKey(pem.orElse(null)))
              .certificateId());
    }
    return api.createProfile(request ->
            request
                .as2Id(profile.as2Id().value())
                .profileType(profile.type().name())
                .certificateIds(certificates))
        .profileId();
  }

  /** Any connector is the one that there is, under another id. */
  @Override
  public Connector connector(ConnectorId id) throws As2Exception {
    whenAsked.run();
    Connector one = registry.connector(connectorId());
    Connector connector =
        new Connector(
            id, one.url(), as2(one.as2()), one.accessRole(), one.loggingRole(), one.tags());
    for (Map.Entry<ConnectorOption, String> option : options.entrySet()) {
      connector = connector.with(option.getKey(), option.getValue());
    }
    return connector;
  }

  private As2Config as2(As2Config as2) {
    return mdns.map(url -> as2.asynchronous(new AsyncMdn(url, List.of()))).orElse(as2);
  }

  @Override
  public Profile profile(ProfileId id) throws As2Exception {
    return registry.profile(id);
  }

  @Override
  public CertificateEntry certificate(CertificateId id) throws As2Exception {
    return registry.certificate(id);
  }

  @Override
  public void close() {
    server.close();
  }
}
