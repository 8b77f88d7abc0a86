package dev.as2.daemon.serve;

import dev.as2.core.As2Handler;
import dev.as2.daemon.state.Upkeep;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Where a daemon is called; over TLS with keys that are read again when their files change. */
final class Endpoint implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Endpoint.class.getName());
  private static final int LOOK_SECONDS = 2;

  private final NettyAs2Server server;
  private final URI url;
  private final ScheduledExecutorService looking = Upkeep.scheduler("as2-tls-keys");

  private Endpoint(NettyAs2Server server, URI url) {
    this.server = server;
    this.url = url;
  }

  /** Which settings say where it is. */
  enum Place {
    /** The API and the console. */
    CALLS(Setting.HOST, Setting.PORT, Setting.TLS_CERTIFICATE, Setting.TLS_KEY),
    /** Partners' messages. */
    RECEIVE(
        Setting.RECEIVE_HOST,
        Setting.RECEIVE_PORT,
        Setting.RECEIVE_TLS_CERTIFICATE,
        Setting.RECEIVE_TLS_KEY);

    private final Setting host;
    private final Setting port;
    private final Setting certificate;
    private final Setting key;

    Place(Setting host, Setting port, Setting certificate, Setting key) {
      this.host = host;
      this.port = port;
      this.certificate = certificate;
      this.key = key;
    }

    /** Its keys; none where it is plain HTTP. */
    Optional<TlsFiles> tls(ServeConfig config) {
      return TlsFiles.of(config, certificate, key);
    }
  }

  static Endpoint start(ServeConfig config, Place place, As2Handler handler) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(host(config, place), config.number(place.port, 0, 65_535));
    NettyAs2Server.Builder builder = NettyAs2Server.builder(handler);
    Optional<TlsFiles> files = place.tls(config);
    if (files.isPresent()) {
      builder.tls(files.get().read());
    }
    NettyAs2Server server = builder.start(address);
    String name = config.text(place.host);
    String host = name.contains(":") ? "[" + name + "]" : name;
    String scheme = files.isPresent() ? "https" : "http";
    URI url = URI.create(scheme + "://" + host + ":" + server.address().getPort());
    Endpoint endpoint = new Endpoint(server, url);
    files.ifPresent(endpoint::watch);
    return endpoint;
  }

  private static InetAddress host(ServeConfig config, Place place) throws IOException {
    try {
      return InetAddress.getByName(config.text(place.host));
    } catch (UnknownHostException e) {
      throw config.wrong(place.host);
    }
  }

  private void watch(TlsFiles files) {
    looking.scheduleWithFixedDelay(
        () -> renew(files), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Keys that cannot be used, such as half a file, change nothing; they are looked at again. */
  private void renew(TlsFiles files) {
    try {
      if (files.haveChanged()) {
        server.renew(files.read());
        LOG.log(Level.INFO, "the keys for TLS were read again");
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "the keys for TLS stay as they were: " + e.getMessage());
    }
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    looking.shutdownNow();
    server.close();
  }
}
