package dev.as2.s3;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server in a JVM of its own, on a free loopback port, with nothing in it. Its class path
 * is what the build of {@code as2-interop/peers} has copied.
 */
public final class S3Server implements AutoCloseable {
  /** The access key id that servers know. */
  public static final String KEY_ID = "test-key-id";

  /** The secret to it, which S3Proxy checks; S3Mock takes any. */
  public static final String SECRET = "test-secret";

  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final Thread reaper;
  private final URI endpoint;
  private final S3Client client;

  private S3Server(String peer, int port, List<String> arguments, Path folder) throws IOException {
    this.endpoint = URI.create("http://127.0.0.1:" + port);
    this.client = client(endpoint);
    this.process = launch(peer, arguments, folder);
    this.reaper = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /** Adobe S3Mock: keeps versions, checks no signature. Its files go into {@code folder}. */
  public static S3Server startS3Mock(Path folder) throws IOException {
    int port = freePort();
    List<String> arguments =
        List.of(
            "-XX:TieredStopAtLevel=1", // starts in half the time
            "com.adobe.testing.s3mock.S3MockApplication",
            "--http.port=" + port,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--com.adobe.testing.s3mock.store.root=" + Files.createDirectory(folder.resolve("s3")));
    return new S3Server("s3mock", port, arguments, folder).answering();
  }

  /** S3Proxy on a folder: checks signatures (SigV4), keeps no versions. */
  public static S3Server startS3Proxy(Path folder) throws IOException {
    int port = freePort();
    Path properties = folder.resolve("s3proxy.properties");
    Files.write(
        properties,
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v4",
            "s3proxy.identity=" + KEY_ID,
            "s3proxy.credential=" + SECRET,
            "s3proxy.ignore-unknown-headers=true",
            "jclouds.provider=filesystem-nio2",
            "jclouds.identity=" + KEY_ID,
            "jclouds.credential=" + SECRET,
            "jclouds.filesystem.basedir=" + Files.createDirectory(folder.resolve("s3"))));
    List<String> arguments =
        List.of("org.gaul.s3proxy.Main", "--properties", properties.toString());
    return new S3Server("s3proxy", port, arguments, folder).answering();
  }

  /** Where it listens, by http. */
  public URI endpoint() {
    return endpoint;
  }

  /** The credentials that servers know. */
  public static AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET));
  }

  /** A builder of stores on this server; the caller may change what it likes. */
  public S3FileStoreBuilder store() {
    return S3FileStore.builder()
        .endpoint(endpoint)
        .region("us-east-1")
        .pathStyle()
        .credentials(credentials());
  }

  /** Does what no store does, such as making a bucket. */
  public void administer(Consumer<S3Client> work) {
    work.accept(client);
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(credentials())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }

  /** Makes an empty bucket. */
  public void makeBucket(String bucket) {
    administer(client -> client.createBucket(request -> request.bucket(bucket)));
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(reaper);
  }

  private static Process launch(String peer, List<String> arguments, Path folder)
      throws IOException {
    Path lib = Path.of("..", "as2-interop", "peers", peer, "target", "lib").toRealPath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", lib + "/*"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
  }

  private S3Server answering() {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(endpoint).build();
    try {
      await()
          .atMost(START)
          .ignoreException(ConnectException.class)
          .failFast("the server has ended", () -> !process.isAlive())
          .until(() -> http.send(request, BodyHandlers.discarding()).statusCode() > 0);
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
