package dev.as2.s3;

import static dev.as2.core.FileStoreContract.assertFails;
import static dev.as2.core.FileStoreContract.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.as2.core.FailureCode;
import dev.as2.core.FilePath;
import dev.as2.core.StoredFile;
import dev.as2.mime.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** What the contract does not ask: credentials, roles, broken connections, sizes. */
class S3FileStoreTest {
  private static final FilePath ORDERS = FilePath.parse("/bucket/orders.edi");
  private static final String ROLE = "arn:aws:iam::123456789012:role/sender";
  private static final AwsCredentialsProvider STRANGER =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("stranger", "secret"));

  private static final int MEBIBYTES = 64;
  private static final byte[] MEBIBYTE = octets(1 << 20, 1);

  private static S3Server server;
  private static S3FileStore store;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    server = S3Server.startS3Proxy(folder);
    server.makeBucket("bucket");
    store = server.store().build();
  }

  @AfterAll
  static void stopServer() {
    store.close();
    server.close();
  }

  private static StoredFile put(FilePath path, byte[] octets) throws IOException {
    store.write(path, Content.of(octets), "application/edifact");
    return store.stat(path);
  }

  private static byte[] read(S3FileStore from, StoredFile file, long offset) throws IOException {
    try (InputStream in = from.open(file, offset)) {
      return in.readAllBytes();
    }
  }

  @Test
  void isDeniedAccessWithAWrongSecret() throws Exception {
    StoredFile file = put(ORDERS, octets(10, 1));
    try (S3FileStore wrong =
        server
            .store()
            .credentials(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.KEY_ID, "wrong")))
            .build()) {
      Content content = Content.of(octets(1, 1));
      assertFails(FailureCode.ACCESS_DENIED, () -> wrong.stat(ORDERS));
      assertFails(FailureCode.ACCESS_DENIED, () -> wrong.open(file, 0));
      assertFails(FailureCode.ACCESS_DENIED, () -> wrong.write(ORDERS, content, "text/plain"));
      assertFails(FailureCode.ACCESS_DENIED, () -> wrong.list("bucket", "", 1));
      assertThatThrownBy(() -> wrong.open(file, 0))
          .hasMessageContaining("/bucket/orders.edi")
          .hasMessageContaining("SignatureDoesNotMatch")
          .hasMessageContaining("403");
    }
  }

  @Test
  void isDeniedAccessWithoutCredentials() throws Exception {
    try (S3FileStore anonymous =
        server.store().credentials(SystemPropertyCredentialsProvider.create()).build()) {
      assertFails(FailureCode.ACCESS_DENIED, () -> anonymous.stat(ORDERS));
      assertThatThrownBy(() -> anonymous.stat(ORDERS))
          .hasMessageStartingWith(
              "Cannot read /bucket/orders.edi: no AWS credentials were found; set ");
    }
  }

  @Test
  void signsWithTheCredentialsOfTheRoleThatItAssumes() throws Exception {
    StoredFile file = put(ORDERS, octets(10, 1));
    try (StsServer sts = new StsServer(200, StsServer.GRANT);
        S3FileStore direct = server.store().credentials(STRANGER).build();
        S3FileStore assuming =
            server
                .store()
                .credentials(STRANGER)
                .accessRole(ROLE, "as2-session")
                .stsEndpoint(sts.endpoint())
                .build()) {
      assertFails(FailureCode.ACCESS_DENIED, () -> direct.stat(ORDERS));
      // The server checks the signature: only the key that STS granted can have made it.
      assertThat(assuming.stat(ORDERS)).isEqualTo(file);
      assertThat(read(assuming, file, 0)).isEqualTo(octets(10, 1));
      assertThat(sts.asked()).hasSize(1);
      assertThat(sts.asked().get(0).form())
          .contains("Action=AssumeRole")
          .contains("RoleArn=" + ROLE)
          .contains("RoleSessionName=as2-session");
      assertThat(sts.asked().get(0).authorization()).contains("Credential=stranger/");
    }
  }

  @Test
  void isDeniedAccessWhereTheRoleMayNotBeAssumed() throws Exception {
    try (StsServer sts = new StsServer(403, StsServer.REFUSAL);
        S3FileStore assuming =
            server.store().accessRole(ROLE, "as2-session").stsEndpoint(sts.endpoint()).build()) {
      assertFails(FailureCode.ACCESS_DENIED, () -> assuming.stat(ORDERS));
      assertThatThrownBy(() -> assuming.stat(ORDERS)).hasMessageContaining("Sts answered");
    }
  }

  @Test
  void goesOnWhereAConnectionBroke() throws Exception {
    byte[] octets = octets(1 << 20, 1);
    StoredFile file = put(ORDERS, octets);
    try (CuttingForwarder way = new CuttingForwarder(server.endpoint(), 3, 200_000);
        S3FileStore broken = server.store().endpoint(way.endpoint()).build()) {
      assertThat(read(broken, file, 0)).isEqualTo(octets);
      assertThat(way.connections()).isEqualTo(4);
    }
    try (CuttingForwarder way = new CuttingForwarder(server.endpoint(), 1, 200_000);
        S3FileStore broken = server.store().endpoint(way.endpoint()).build()) {
      assertThat(read(broken, file, 500_000))
          .isEqualTo(Arrays.copyOfRange(octets, 500_000, octets.length));
    }
  }

  @Test
  void doesNotGoOnWithAnotherVersion() throws Exception {
    StoredFile file = put(ORDERS, octets(1 << 20, 1));
    try (CuttingForwarder way = new CuttingForwarder(server.endpoint(), 1, 200_000);
        S3FileStore broken = server.store().endpoint(way.endpoint()).build();
        InputStream in = broken.open(file, 0)) {
      assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOf(octets(1 << 20, 1), 1000));
      put(ORDERS, octets(1 << 20, 2));
      assertFails(FailureCode.SOURCE_CHANGED, in::readAllBytes);
    }
  }

  @Test
  void saysThatTheFileChangedWhereItHasGoneMeanwhile() throws Exception {
    StoredFile file = put(ORDERS, octets(1 << 20, 1));
    try (CuttingForwarder way = new CuttingForwarder(server.endpoint(), 1, 200_000);
        S3FileStore broken = server.store().endpoint(way.endpoint()).build();
        InputStream in = broken.open(file, 0)) {
      assertThat(in.readNBytes(1000)).hasSize(1000);
      store.delete(ORDERS);
      assertFails(FailureCode.SOURCE_CHANGED, in::readAllBytes);
    }
  }

  @Test
  void givesUpWhereTheConnectionBreaksAgainAndAgain() throws Exception {
    StoredFile file = put(ORDERS, octets(1 << 20, 1));
    try (CuttingForwarder way = new CuttingForwarder(server.endpoint(), 1000, 20_000);
        S3FileStore broken = server.store().endpoint(way.endpoint()).build()) {
      assertFails(FailureCode.STORE_UNAVAILABLE, () -> read(broken, file, 0));
      assertThat(way.connections()).isEqualTo(1 + S3ObjectStream.MAX_RESUMPTIONS);
    }
  }

  @Test
  void saysSoonThatTheServerCannotBeReached() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Instant begin = Instant.now();
    try (S3FileStore nowhere =
        server.store().endpoint(URI.create("http://127.0.0.1:" + port)).build()) {
      assertFails(FailureCode.STORE_UNAVAILABLE, () -> nowhere.stat(ORDERS));
      assertThatThrownBy(() -> nowhere.stat(ORDERS)).hasMessageContaining("/bucket/orders.edi");
    }
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  @Tag("large")
  void holdsNoFileWhole() throws Exception {
    long before = liveBytes();
    AtomicLong live = new AtomicLong();
    store.write(ORDERS, repeated(() -> live.set(liveBytes())), "application/octet-stream");
    assertThat(live.get()).isPositive();
    assertThat(live.get() - before).isLessThan(16L << 20);

    StoredFile file = store.stat(ORDERS);
    assertThat(file.length()).isEqualTo((long) MEBIBYTES << 20);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    before = allocatedBytes();
    try (InputStream in = store.open(file, 0)) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    assertThat(allocatedBytes() - before).isLessThan(8L << 20);
    MessageDigest expected = MessageDigest.getInstance("SHA-256");
    IntStream.range(0, MEBIBYTES).forEach(i -> expected.update(MEBIBYTE));
    assertThat(digest.digest()).isEqualTo(expected.digest());
  }

  /** What this thread, which does all the reading, has allocated so far. */
  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** What a collection leaves on the heap. */
  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** 64 MiB; {@code atItsEnd} runs when all of it has been read. */
  private static Content repeated(Runnable atItsEnd) {
    return new Content() {
      @Override
      public long length() {
        return (long) MEBIBYTES << 20;
      }

      @Override
      public InputStream open() {
        List<InputStream> blocks =
            IntStream.range(0, MEBIBYTES)
                .<InputStream>mapToObj(i -> new ByteArrayInputStream(MEBIBYTE))
                .toList();
        return new SequenceInputStream(Collections.enumeration(blocks)) {
          private long left = (long) MEBIBYTES << 20;

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            left -= Math.max(count, 0);
            if (left == 0 && count > 0) {
              atItsEnd.run();
            }
            return count;
          }
        };
      }
    };
  }
}
