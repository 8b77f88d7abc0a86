package dev.as2.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.core.As2Handler;
import dev.as2.core.As2Id;
import dev.as2.core.As2Server;
import dev.as2.core.ConnectorListener;
import dev.as2.core.ConnectorOption;
import dev.as2.core.FailureCode;
import dev.as2.core.FilePath;
import dev.as2.core.Receiver;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Transfer;
import dev.as2.mime.Headers;
import dev.as2.s3.S3FileStore;
import dev.as2.s3.S3Server;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** From an object in S3 to a partner, and the results back into S3. */
@ExtendWith(Peers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("large")
final class S3EndToEndTest {
  private static final Duration STORED = Duration.ofSeconds(60);
  private static final byte[] ORDERS = Sample.CRLF_TEXT.octets();

  /** More than is ever buffered, so that a compressed message is made twice to know its length. */
  private static final int LARGE = 8 << 20;

  private final Engine engine = new Engine();
  private final Identity us = Identity.selfSigned("as2-ours");
  private final Identity partner = Identity.selfSigned("receiver");
  private final Map<Kind, S3Server> servers = new EnumMap<>(Kind.class);
  private final Map<Kind, S3FileStore> stores = new EnumMap<>(Kind.class);
  private final AtomicInteger buckets = new AtomicInteger();
  private String bucket = "";

  @TempDir Path inbox;

  /** The S3 servers. */
  enum Kind {
    S3MOCK,
    S3PROXY
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    for (Kind kind : Kind.values()) {
      Path own = Files.createDirectory(folder.resolve(kind.name()));
      S3Server server =
          kind == Kind.S3MOCK ? S3Server.startS3Mock(own) : S3Server.startS3Proxy(own);
      servers.put(kind, server);
      stores.put(kind, server.store().build());
    }
  }

  @AfterAll
  void stop() {
    engine.close();
    stores.values().forEach(S3FileStore::close);
    servers.values().forEach(S3Server::close);
  }

  @BeforeEach
  void makeBuckets() {
    bucket = "outbox-" + buckets.incrementAndGet();
    servers.values().forEach(server -> server.makeBucket(bucket));
  }

  @ParameterizedTest
  @EnumSource
  void sendsAnObjectToARealServerAndKeepsTheProofBesideIt(Kind kind, RunningPeers peers)
      throws Exception {
    put(kind, "north/orders/850.edi", ORDERS);
    Agreement agreement = Agreement.of(Layers.COMPRESS_SIGN_ENCRYPT, WantedMdn.SIGNED);
    Counterpart openAs2 = peers.counterpart(PeerProduct.OPENAS2, agreement.layers());

    SendResult result =
        engine.send(
            agreement.registry(peers.ours(), openAs2),
            store(kind),
            "/" + bucket + "/north/orders/850.edi",
            ConnectorListener.NONE);

    assertThatResultsAreIn(kind, "north/orders/", result);
    assertThat(
            peers
                .peer(PeerProduct.OPENAS2)
                .received(result.transfer().messageId().toHeader(), STORED))
        .hasBinaryContent(ORDERS);
  }

  @ParameterizedTest
  @EnumSource
  void sendsAnObjectToOurReceiverAndKeepsTheProofBesideIt(Kind kind) throws Exception {
    put(kind, "850.edi", ORDERS);

    SendResult result = send(kind, agreement(), "850.edi");

    assertThatResultsAreIn(kind, "", result);
    assertThat(inbox.resolve("850.edi")).hasBinaryContent(ORDERS);
  }

  @ParameterizedTest
  @EnumSource
  void keepsResultsInFoldersByTheirEnd(Kind kind) throws Exception {
    put(kind, "orders/850.edi", ORDERS);
    Agreement folders = agreement().with(ConnectorOption.RESULT_LAYOUT, "FOLDERS");

    SendResult sent = send(kind, folders, "orders/850.edi");
    SendResult missing = send(kind, folders, "orders/851.edi");

    assertThatResultsAreIn(kind, "orders/processed/", sent);
    Records.assertThatFilesMatch(missing, store(kind), "orders/failed/");
  }

  @ParameterizedTest
  @EnumSource
  void recordsThatAnObjectIsMissing(Kind kind) throws Exception {
    SendResult result = send(kind, agreement(), "orders/851.edi");

    assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.SEND_FILE_NOT_FOUND);
    assertThat(result.attempts()).isEmpty();
    assertThat(result.files().mdn()).isEmpty();
    JsonNode record = Records.assertThatFilesMatch(result, store(kind), "orders/");
    assertThat(record.get("failure-message").asText()).contains(bucket + "/orders/851.edi");
  }

  @ParameterizedTest
  @EnumSource
  void saysThatABucketIsMissing(Kind kind) throws Exception {
    bucket = "never-made";

    SendResult result = send(kind, agreement(), "orders/850.edi");

    assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.PATH_NOT_FOUND);
    assertThat(result.failure().get().message()).contains("never-made");
    assertThat(result.files().json()).isEmpty();
    assertThat(result.warnings()).hasSize(1).first().asString().contains("never-made");
  }

  @Test
  void sendsNothingOfAnObjectThatIsReplacedWhileItIsCounted() throws Exception {
    put(Kind.S3PROXY, "orders.edi", large(1));
    AtomicBoolean replaced = new AtomicBoolean();
    Agreement counted = agreement().with(ConnectorOption.FRAMING, "CONTENT_LENGTH");

    SendResult result =
        send(
            counted,
            receiver(),
            bytes -> {
              if (bytes > LARGE / 2 && replaced.compareAndSet(false, true)) {
                put(Kind.S3PROXY, "orders.edi", large(2));
              }
            });

    assertThatItHasChanged(result);
  }

  @Test
  void sendsAllOfTheOldObjectWhereItIsReplacedWhileItIsRead() throws Exception {
    put(Kind.S3PROXY, "orders.edi", large(1));
    AtomicBoolean replaced = new AtomicBoolean();

    SendResult result =
        send(
            agreement().with(ConnectorOption.FRAMING, "CHUNKED"),
            receiver(),
            bytes -> {
              if (bytes > LARGE / 2 && replaced.compareAndSet(false, true)) {
                put(Kind.S3PROXY, "orders.edi", large(2));
              }
            });

    assertThat(replaced).isTrue();
    assertThat(result.failure()).isEmpty();
    assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
    assertThat(inbox.resolve("orders.edi")).hasBinaryContent(large(1));
  }

  @Test
  void doesNotRepeatAMessageWhoseObjectIsReplacedBetweenTwoAttempts() throws Exception {
    put(Kind.S3PROXY, "orders.edi", large(1));
    AtomicInteger requests = new AtomicInteger();
    Receiver receiver = receiver();
    As2Handler busyAtFirst =
        request -> {
          if (requests.incrementAndGet() > 1) {
            return receiver.handle(request);
          }
          request.body().transferTo(OutputStream.nullOutputStream());
          put(Kind.S3PROXY, "orders.edi", large(2));
          return new As2Handler.Answer(503, Headers.EMPTY, new byte[0]);
        };
    Agreement again =
        agreement()
            .with(ConnectorOption.RETRY_ATTEMPTS, "3")
            .with(ConnectorOption.RETRY_DELAY, "10ms");

    SendResult result = send(again, busyAtFirst, bytes -> {});

    assertThatItHasChanged(result);
    assertThat(result.attempts()).hasSize(2);
    assertThat(result.attempts().get(0).httpStatus()).hasValue(503);
  }

  private void assertThatItHasChanged(SendResult result) throws IOException {
    assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.SOURCE_CHANGED);
    Records.assertThatFilesMatch(result, store(Kind.S3PROXY), "");
    assertThat(inbox).isEmptyDirectory();
  }

  /** Both files are there, as S3's own client sees them, and the MDN is one. */
  private void assertThatResultsAreIn(Kind kind, String folder, SendResult result)
      throws IOException {
    assertThat(result.failure()).isEmpty();
    assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
    Records.assertThatFilesMatch(result, store(kind), folder);
    FilePath json = result.files().json().orElseThrow();
    FilePath mdn = result.files().mdn().orElseThrow();
    assertThat(json.bucket()).isEqualTo(bucket);
    Objects.requireNonNull(servers.get(kind))
        .administer(client -> {
          GetObjectResponse record =
              client.getObjectAsBytes(request -> request.bucket(bucket).key(json.key())).response();
          assertThat(record.contentType()).isEqualTo("application/json");
          String answer =
              client
                  .getObjectAsBytes(request -> request.bucket(bucket).key(mdn.key()))
                  .asString(ISO_8859_1);
          assertThat(answer)
              .containsPattern("(?i)content-type: multipart/signed")
              .contains("Original-Message-ID: " + result.transfer().messageId().toHeader());
        });
  }

  private static Agreement agreement() {
    return Agreement.of(Layers.COMPRESS_SIGN_ENCRYPT, WantedMdn.SIGNED);
  }

  private S3FileStore store(Kind kind) {
    return Objects.requireNonNull(stores.get(kind));
  }

  private void put(Kind kind, String key, byte[] octets) {
    Objects.requireNonNull(servers.get(kind))
        .administer(client ->
            client.putObject(
                request -> request.bucket(bucket).key(key), RequestBody.fromBytes(octets)));
  }

  private Receiver receiver() {
    return new Receiver(
        new Receiver.Party(new As2Id(partner.as2Id()), partner.key(), partner.certificate()),
        new Receiver.Sender(new As2Id(us.as2Id()), List.of(us.certificate())),
        inbox,
        Clock.systemUTC());
  }

  private SendResult send(Kind kind, Agreement agreement, String key) throws Exception {
    return send(kind, agreement, key, receiver(), ConnectorListener.NONE);
  }

  /** Sends the large object of S3Proxy. */
  private SendResult send(Agreement agreement, As2Handler to, LongConsumer read) throws Exception {
    ConnectorListener listener =
        new ConnectorListener() {
          @Override
          public void progress(Transfer transfer, long bytes, long total) {
            read.accept(bytes);
          }
        };
    return send(Kind.S3PROXY, agreement, "orders.edi", to, listener);
  }

  private SendResult send(
      Kind kind, Agreement agreement, String key, As2Handler to, ConnectorListener listener)
      throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (As2Server server = NettyAs2Server.start(any, to)) {
      URI url = URI.create("http://127.0.0.1:" + server.address().getPort() + "/as2");
      Counterpart counterpart =
          new Counterpart(
              partner.as2Id(), url, partner.certificate(), partner.certificate(), Optional.empty());
      return engine.send(
          agreement.registry(us, counterpart), store(kind), "/" + bucket + "/" + key, listener);
    }
  }

  private static byte[] large(int seed) {
    byte[] octets = new byte[LARGE];
    new Random(seed).nextBytes(octets);
    return octets;
  }
}
