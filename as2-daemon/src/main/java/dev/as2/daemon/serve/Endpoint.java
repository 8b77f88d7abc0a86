package dev.as2.daemon.serve;

import dev.as2.core.As2Handler;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Where a daemon is called. */
final class Endpoint implements AutoCloseable {
  private final NettyAs2Server server;
  private final URI url;

  private Endpoint(NettyAs2Server server, URI url) {
    this.server = server;
    this.url = url;
  }

  static Endpoint start(ServeConfig config, As2Handler handler) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(host(config), config.number(Setting.PORT, 0, 65_535));
    NettyAs2Server server = NettyAs2Server.builder(handler).start(address);
    String name = config.text(Setting.HOST);
    String host = name.contains(":") ? "[" + name + "]" : name;
    return new Endpoint(server, URI.create("http://" + host + ":" + server.address().getPort()));
  }

  private static InetAddress host(ServeConfig config) throws IOException {
    try {
      return InetAddress.getByName(config.text(Setting.HOST));
    } catch (UnknownHostException e) {
      throw config.wrong(Setting.HOST);
    }
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    server.close();
  }
}
