package dev.as2.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.as2.core.Agreement.Directories;
import dev.as2.core.Agreement.EnforceMessageSigning;
import dev.as2.core.Agreement.PreserveFilename;
import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.Headers;
import dev.as2.mime.RsaIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A receiver under one agreement, over a store in memory, and a sender who makes messages. */
public final class ReceivingStage implements AutoCloseable {
  public static final As2Id RECEIVER = new As2Id("TheirCompany");
  static final AgreementId AGREEMENT = new AgreementId("a-0123456789abcdef0");
  static final ServerId SERVER = new ServerId("s-0123456789abcdef0");
  static final byte[] FILE =
      "ISA*00*          *00*~\r\n".repeat(50).getBytes(StandardCharsets.US_ASCII);
  static final String NAME = "ordérs \"1\".edi";

  private static final ProfileId RECEIVER_FOR_US = new ProfileId("p-0000000000000000a");
  private static final ProfileId RECEIVER_ITSELF = new ProfileId("p-0000000000000000b");
  private static final ProfileId US_FOR_RECEIVER = new ProfileId("p-0000000000000000c");
  private static final FolderPath BASE = FolderPath.parse("/inbox/from-us");

  final InMemoryFileStore store = new InMemoryFileStore("inbox", "outbox", "kept");
  final ScriptedClient client = new ScriptedClient();
  final List<Reception> receptions = new CopyOnWriteArrayList<>();
  final List<MessageKey> repeated = new CopyOnWriteArrayList<>();
  final DeliveryLog deliveries = new DeliveryLog();
  final Path spool;
  final Registry registry;
  final AgreementRuntime runtime;

  /** The listener that tests wait at. */
  static final class DeliveryLog {
    private final BlockingQueue<Optional<SendResult.Failure>> ends = new LinkedBlockingQueue<>();

    Optional<SendResult.Failure> next() throws InterruptedException {
      Optional<SendResult.Failure> end = ends.poll(20, TimeUnit.SECONDS);
      return Objects.requireNonNull(end, "no MDN was delivered or given up");
    }
  }

  ReceivingStage(Path spool) throws IOException {
    this(spool, agreement(), b -> b);
  }

  /** Another sender's certificate, or another key to decrypt with. */
  record Keys(RsaIdentity sender, Optional<CertificateEntry> encryption) {
    static final Keys OURS =
        new Keys(Trade.US, Optional.of(Trade.entry(Usage.ENCRYPTION, Trade.PARTNER, true)));
  }

  ReceivingStage(Path spool, Agreement agreement, Keys keys) throws IOException {
    this(
        spool,
        registry(Trade.connector(URI.create("https://sender.example/")), agreement, keys),
        b -> b);
  }

  ReceivingStage(Path spool, Agreement agreement, UnaryOperator<AgreementRuntime.Builder> with)
      throws IOException {
    this(spool, registry(Trade.connector(URI.create("https://sender.example/")), agreement), with);
  }

  private ReceivingStage(
      Path spool, Registry registry, UnaryOperator<AgreementRuntime.Builder> with)
      throws IOException {
    this.spool = spool;
    this.registry = registry;
    this.runtime =
        with.apply(
                AgreementRuntime.builder(registry, store, client, spool)
                    .listener(
                        new AgreementListener() {
                          @Override
                          public void received(Reception reception) {
                            receptions.add(reception);
                          }

                          @Override
                          public void repeated(MessageKey key) {
                            repeated.add(key);
                          }

                          @Override
                          public void delivered(
                              MessageKey key, URI url, Optional<SendResult.Failure> failure) {
                            deliveries.ends.add(failure);
                          }
                        }))
            .build();
  }

  /** Into {@code /inbox/from-us}; asynchronous MDNs may go to mdn.example. */
  public static Agreement agreement(String... tags) {
    return agreement(
        new Agreement.BaseDirectory(BASE),
        PreserveFilename.DISABLED,
        EnforceMessageSigning.DISABLED,
        tags);
  }

  static Agreement agreement(
      Directories directories,
      PreserveFilename preserve,
      EnforceMessageSigning signing,
      String... tags) {
    Map<String, String> all = new HashMap<>(Map.of("as2:mdn-hosts", "mdn.example"));
    for (int i = 0; i < tags.length; i += 2) {
      all.put(tags[i], tags[i + 1]);
    }
    return new Agreement(
        AGREEMENT,
        SERVER,
        Optional.empty(),
        Agreement.Status.ACTIVE,
        RECEIVER_ITSELF,
        US_FOR_RECEIVER,
        directories,
        preserve,
        signing,
        Optional.empty(),
        all);
  }

  /** Both sides: who sends to the receiver, and who receives from us. */
  public static Registry registry(Connector connector, Agreement agreement) {
    return registry(connector, agreement, Keys.OURS);
  }

  private static Registry registry(Connector connector, Agreement agreement, Keys keys) {
    CertificateEntry ourSigning = Trade.entry(Usage.SIGNING, keys.sender(), true);
    CertificateEntry theirSigning = Trade.entry(Usage.SIGNING, Trade.PARTNER, true);
    List<CertificateEntry> all = new ArrayList<>(List.of(theirSigning));
    keys.encryption().ifPresent(all::add);
    List<CertificateId> theirs = all.stream().map(CertificateEntry::id).toList();
    all.add(ourSigning);
    return Registry.of(
        List.of(connector),
        List.of(
            new Profile(
                Trade.LOCAL_PROFILE, Profile.Type.LOCAL, Trade.OUR_ID, List.of(ourSigning.id())),
            new Profile(RECEIVER_FOR_US, Profile.Type.PARTNER, RECEIVER, theirs),
            new Profile(RECEIVER_ITSELF, Profile.Type.LOCAL, RECEIVER, theirs),
            new Profile(
                US_FOR_RECEIVER, Profile.Type.PARTNER, Trade.OUR_ID, List.of(ourSigning.id()))),
        all,
        List.of(agreement));
  }

  /** A connector to the receiver. */
  static Connector connector(
      Set<Layer> layers, MdnSigningAlgorithm mdn, MdnResponse response, String... tags) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < tags.length; i += 2) {
      all.put(tags[i], tags[i + 1]);
    }
    Connector like =
        Trade.connector(URI.create("https://receiver.example/as2"), layers, all, mdn, response);
    As2Config as2 = like.as2();
    return new Connector(
        like.id(),
        like.url(),
        new As2Config(
            Trade.LOCAL_PROFILE,
            RECEIVER_FOR_US,
            as2.messageSubject(),
            as2.compression(),
            as2.encryptionAlgorithm(),
            as2.signingAlgorithm(),
            as2.mdnSigningAlgorithm(),
            as2.mdnResponse(),
            as2.preserveContentType(),
            as2.basicAuthSecretId()),
        like.accessRole(),
        like.loggingRole(),
        all);
  }

  /** A connector with all layers to a receiver somewhere else. */
  public static Connector connector(URI url, Map<String, String> tags) {
    Connector like =
        connector(
            Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT),
            MdnSigningAlgorithm.SHA256,
            MdnResponse.SYNC);
    return new Connector(like.id(), url, like.as2(), like.accessRole(), like.loggingRole(), tags);
  }

  /** A message as it goes over the wire, with what its MDN has to say. */
  record Made(Headers headers, byte[] body, OutboundMessage message) {
    Made with(String name, String value) {
      return new Made(headers.with(name, value), body, message);
    }

    Made without(String name) {
      return new Made(headers.without(name), body, message);
    }

    Made withBody(byte[] other) {
      return new Made(headers, other, message);
    }

    /** The digest that is right, in base64. */
    boolean isStatedBy(Mic mic) {
      return message.digests().getOrDefault(message.micScope(), Map.of()).values().stream()
          .anyMatch(mic::states);
    }
  }

  static Made message(Set<Layer> layers, String... tags) throws IOException {
    return message(
        connector(layers, MdnSigningAlgorithm.SHA256, MdnResponse.SYNC, tags), NAME, FILE);
  }

  static Made message(Connector connector, String name, byte[] file) throws IOException {
    Instant now = Instant.now();
    Partnership partnership = Partnership.resolve(connector, registry(connector, agreement()), now);
    SecureRandom random = new SecureRandom();
    Seal seal = Seal.draw(MessageId.random(random), partnership, now, random);
    OutboundMessage message =
        new OutboundMessage(
            partnership,
            seal,
            new Payload(name, "application/edi-x12", Content.of(file)),
            OutboundHeaders.around(partnership, seal, "a subject", Headers.EMPTY));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    message.writeBodyTo(body);
    return new Made(message.headers(), body.toByteArray(), message);
  }

  /** A message with all layers that asks for its MDN at another place. */
  public static As2Request asynchronous(URI url, URI deliverTo) throws IOException {
    Made made =
        message(Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT))
            .with("Receipt-Delivery-Option", deliverTo.toString());
    return new As2Request(
        url,
        new ContentEntity(made.headers(), Content.of(made.body())),
        false,
        TransportOptions.DEFAULT,
        Optional.empty());
  }

  As2Handler.Answer receive(Made made) throws IOException {
    As2Handler.Answer answer =
        runtime.handle(ScriptedClient.arrived("POST", made.headers(), made.body()));
    answer.afterwards().run();
    return answer;
  }

  static Mdn mdn(As2Handler.Answer answer) throws IOException {
    return MdnReader.read(answer.headers(), answer.body()).orElseThrow();
  }

  /** The MDN that was posted, of which there is one. */
  static Mdn mdn(As2Request request) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    request.message().writeBodyTo(body);
    return MdnReader.read(request.message().headers(), body.toByteArray()).orElseThrow();
  }

  Reception reception() {
    return receptions.get(receptions.size() - 1);
  }

  byte[] octets(FilePath path) throws IOException {
    try (InputStream in = store.open(store.stat(path), 0)) {
      return in.readAllBytes();
    }
  }

  JsonNode record() throws IOException {
    return new ObjectMapper().readTree(octets(reception().results().json().orElseThrow()));
  }

  /** The keys in the inbox. */
  List<String> inbox() throws IOException {
    return store.list("inbox", "", 1_000).stream().map(file -> file.path().key()).toList();
  }

  boolean spoolIsEmpty() throws IOException {
    try (var files = Files.list(spool)) {
      return files.findAny().isEmpty();
    }
  }

  @Override
  public void close() {
    runtime.close();
  }
}
