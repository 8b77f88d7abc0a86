package dev.as2.daemon;

import dev.as2.conformance.MdnListener;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say where asynchronous MDNs come in. */
final class TestMdns {
  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--mdn-url",
      paramLabel = "URL",
      description =
          "Where the receiver can post asynchronous MDNs to us. Without it their scenarios are not"
              + " run.")
  private Optional<URI> url = Optional.empty();

  @Option(
      names = "--mdn-port",
      paramLabel = "PORT",
      description =
          "Where to listen for them, with plain HTTP on all addresses (default: the port of"
              + " --mdn-url).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--mdn-timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for one of them (default: ${DEFAULT-VALUE}).")
  private int timeout;

  /** A listener, and the server that it is behind. */
  record Listening(MdnListener listener, NettyAs2Server server) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }

  /** Begins to listen, where there is a URL. */
  Optional<Listening> start() throws IOException {
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (timeout < 1 || timeout > 3600) {
      throw new ParameterException(
          spec.commandLine(), "--mdn-timeout is " + timeout + ", not 1 to 3600 seconds");
    }
    MdnListener listener = new MdnListener(url.get(), Duration.ofSeconds(timeout));
    return Optional.of(
        new Listening(
            listener, NettyAs2Server.start(new InetSocketAddress(port(url.get())), listener)));
  }

  private int port(URI reached) {
    int standard = "https".equals(reached.getScheme()) ? 443 : 80;
    return port.orElse(reached.getPort() < 0 ? standard : reached.getPort());
  }
}
