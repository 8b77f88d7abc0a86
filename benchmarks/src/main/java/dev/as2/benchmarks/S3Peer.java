package dev.as2.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** S3Proxy on a folder, in a JVM of its own. */
final class S3Peer implements AutoCloseable {
  private static final String KEY_ID = "bench-key-id";
  private static final String SECRET = "bench-secret";

  /** What it is asked with. */
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET));

  private final Child child;
  private final URI endpoint;

  private S3Peer(Child child, URI endpoint) {
    this.child = child;
    this.endpoint = endpoint;
  }

  static S3Peer start(Lab lab) throws IOException {
    Path folder = lab.scratch("s3");
    URI endpoint = URI.create("http://127.0.0.1:" + freePort());
    Path properties = folder.resolve("s3proxy.properties");
    Files.write(
        properties,
        List.of(
            "s3proxy.endpoint=" + endpoint,
            "s3proxy.authorization=aws-v4",
            "s3proxy.identity=" + KEY_ID,
            "s3proxy.credential=" + SECRET,
            "s3proxy.ignore-unknown-headers=true",
            "jclouds.provider=filesystem-nio2",
            "jclouds.identity=" + KEY_ID,
            "jclouds.credential=" + SECRET,
            "jclouds.filesystem.basedir=" + Files.createDirectory(folder.resolve("objects"))));
    Child child =
        lab.startServer(
            new Child.Command(
                "s3proxy",
                List.of("-Xmx1g", "-Dlogback.configurationFile=" + quiet(folder)),
                Lab.jars(lab.root().resolve("as2-interop/peers/s3proxy/target/lib")),
                "org.gaul.s3proxy.Main",
                List.of("--properties", properties.toString())));
    S3Peer peer = new S3Peer(child, endpoint);
    try {
      peer.awaitStart();
      return peer;
    } catch (IOException e) {
      peer.close();
      throw e;
    }
  }

  /** Without a word it logs every step, which takes longer than the step. */
  private static Path quiet(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("logback.xml"), "<configuration><root level=\"WARN\"/></configuration>");
  }

  URI endpoint() {
    return endpoint;
  }

  /** What its process has used so far: it shares the cores with whom it serves. */
  double cpuSeconds() {
    return child.cpuSeconds();
  }

  private void awaitStart() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!answers()) {
      if (!child.isAlive() || System.nanoTime() > end) {
        throw new IOException("s3proxy does not listen on " + endpoint);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 1000);
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    child.kill();
  }
}
