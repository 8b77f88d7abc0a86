package dev.as2.core;

import dev.as2.core.MdnDelivery.Threads;
import dev.as2.core.ReceivedMessages.Kept;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Receives messages under agreements: what a partner posts is taken apart while it arrives, stored
 * when its signature holds, and answered with an MDN, in the answer or later on a connection of its
 * own.
 *
 * <p>Until its signature is known a file lies in the spool folder of this machine; then the store
 * takes it whole. A message that was accepted and comes again gets the same MDN, octet by octet,
 * and no second file. Safe for use by several threads; each message holds a few blocks of 64 KiB.
 *
 * <pre>{@code
 * try (AgreementRuntime runtime =
 *         AgreementRuntime.builder(registry, store, client, spool).build();
 *     As2Server server = NettyAs2Server.builder(runtime).start(address)) { ... }
 * }</pre>
 *
 * <p>Answers: an AS2 message gets 200 with its MDN, or without a body where it asks for none or for
 * an asynchronous one. One that is refused and asks for no MDN gets 400, and one of unknown names
 * 403. What is no AS2 message gets 400, {@code GET} 405, and {@code HEAD} 200 with the length of
 * what is kept of a message that broke off (AS2 Restart), which is zero for partners without the
 * option; a range of octets that does not fit it gets 416. 503 says that the same message may be
 * sent again: it is being received on another connection, and that one did not end soon; or the
 * store, the registry or a key of ours is missing.
 */
public final class AgreementRuntime implements As2Handler, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AgreementRuntime.class.getName());

  private static final int DELIVERY_THREADS = 4;

  /** How many MDNs that an earlier run left are begun at once. */
  private static final int RESUMED = 1_000;

  private static final String RETRY_SECONDS = "5";

  private final Registry registry;
  private final FileStores stores;
  private final Path spool;
  private final ReceivedMessages received;
  private final AgreementListener listener;
  private final Clock clock;
  private final ReceiptMaker receipts;
  private final MdnDelivery delivery;
  private final ExecutorService workers;
  private final ScheduledExecutorService scheduler;
  private final Restarts restarts;
  private final MessagesUnderWay underWay = new MessagesUnderWay();

  private AgreementRuntime(Builder builder) {
    this.registry = builder.registry;
    this.stores = builder.stores;
    this.spool = builder.spool;
    this.received = builder.received;
    this.listener = new GuardedAgreementListener(builder.listener);
    this.clock = builder.clock;
    this.restarts =
        new Restarts(
            registry,
            new PartialMessages(spool.resolve("restarts"), clock, PartialMessages.Bounds.DEFAULT));
    this.receipts = new ReceiptMaker(clock, builder.random);
    this.workers =
        Executors.newFixedThreadPool(
            DELIVERY_THREADS, task -> ConnectorRuntime.daemon(task, "as2-mdn"));
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> ConnectorRuntime.daemon(task, "as2-mdn-retries"));
    this.delivery =
        new MdnDelivery(builder.client, received, listener, clock, new Threads(scheduler, workers));
  }

  /**
   * A runtime over these ports. The runtime closes none of them.
   *
   * @param registry finds agreements, profiles and certificates
   * @param store takes what is received
   * @param client posts asynchronous MDNs
   * @param spool a folder of this machine for files whose signature is not known yet; it exists
   */
  public static Builder builder(Registry registry, FileStore store, As2Client client, Path spool) {
    return builder(registry, role -> store, client, spool);
  }

  /**
   * A runtime over these ports, which writes under each agreement's AccessRole. The runtime closes
   * none of them.
   *
   * @param registry finds agreements, profiles and certificates
   * @param stores take what is received
   * @param client posts asynchronous MDNs
   * @param spool a folder of this machine for files whose signature is not known yet; it exists
   */
  public static Builder builder(
      Registry registry, FileStores stores, As2Client client, Path spool) {
    return new Builder(registry, stores, client, spool);
  }

  @Override
  public Answer handle(Request request) throws IOException {
    return switch (request.method()) {
      case "POST" -> post(request);
      case "HEAD" -> restarts.held(request);
      default -> new Answer(405, Headers.of("Allow", "POST, HEAD"), new byte[0]);
    };
  }

  private Answer post(Request request) throws IOException {
    InboundHead head;
    try {
      head = InboundHead.of(request.headers());
    } catch (IllegalArgumentException e) {
      return says(400, e.getMessage() + "\r\n");
    }
    try (Restarts.Arrival arrival = restarts.arrival(request)) {
      return arrival.refusal().isPresent()
          ? arrival.refusal().get()
          : received(head, request, arrival);
    }
  }

  private Answer received(InboundHead head, Request request, Restarts.Arrival arrival)
      throws IOException {
    if (!underWay.enter(head.key())) {
      return unavailable("This message is being received on another connection.\r\n");
    }
    ArrivingBody body = new ArrivingBody(arrival.body());
    try {
      Answer answer = new Receiving(this, head, request).answer(body);
      arrival.answered();
      if (arrival.partial().isPresent() && received.accepted(head.key()).isPresent()) {
        arrival.accepted();
      }
      return answer;
    } catch (IOException e) {
      body.requireWhole(); // there is nobody to answer otherwise
      LOG.log(System.Logger.Level.WARNING, "message " + head.key() + " cannot be taken now", e);
      return unavailable("The message cannot be taken at the moment.\r\n");
    } finally {
      underWay.leave(head.key());
    }
  }

  /** The sender may come again soon. */
  static Answer unavailable(String why) {
    Answer answer = says(503, why);
    return new Answer(503, answer.headers().plus("Retry-After", RETRY_SECONDS), answer.body());
  }

  /** An answer in words. */
  static Answer says(int status, String words) {
    return new Answer(
        status,
        Headers.of("Content-Type", "text/plain; charset=us-ascii"),
        words.getBytes(StandardCharsets.US_ASCII));
  }

  /** Posts the asynchronous MDNs that an earlier run has not delivered. */
  public void resume() throws IOException {
    for (Kept kept : received.undelivered(RESUMED)) {
      Optional<Terms> terms = Terms.find(registry, kept.key(), clock.instant());
      if (terms.isPresent()) {
        delivery.begin(kept, terms.get());
      } else { // the agreement has ended, and the trust in this address with it
        received.delivered(kept.key());
      }
    }
  }

  Registry registry() {
    return registry;
  }

  /** The store as an agreement sees it. */
  FileStore store(Agreement agreement) {
    return stores.under(agreement.accessRole());
  }

  Path spool() {
    return spool;
  }

  ReceivedMessages received() {
    return received;
  }

  AgreementListener listener() {
    return listener;
  }

  Clock clock() {
    return clock;
  }

  ReceiptMaker receipts() {
    return receipts;
  }

  MdnDelivery delivery() {
    return delivery;
  }

  /** Ends the runtime's threads; MDNs that are not delivered yet are left to another run. */
  @Override
  public void close() {
    scheduler.shutdownNow();
    workers.shutdown();
  }

  /**
   * Collects what a runtime may be given besides its ports. Not safe for use by several threads.
   */
  public static final class Builder {
    private final Registry registry;
    private final FileStores stores;
    private final As2Client client;
    private final Path spool;
    private ReceivedMessages received = new MemoryReceivedMessages();
    private AgreementListener listener = AgreementListener.NONE;
    private Clock clock = Clock.systemUTC();
    private SecureRandom random = new SecureRandom();

    private Builder(Registry registry, FileStores stores, As2Client client, Path spool) {
      this.registry = registry;
      this.stores = stores;
      this.client = client;
      this.spool = spool;
    }

    /** What remembers messages; by default memory, which forgets them with the process. */
    public Builder received(ReceivedMessages value) {
      this.received = value;
      return this;
    }

    /** Who hears of what is received. */
    public Builder listener(AgreementListener value) {
      this.listener = value;
      return this;
    }

    /** What time it is; the system's clock by default. */
    public Builder clock(Clock value) {
      this.clock = value;
      return this;
    }

    /** Where ids and boundaries are drawn; for tests that have to repeat them. */
    public Builder random(SecureRandom value) {
      this.random = value;
      return this;
    }

    public AgreementRuntime build() {
      return new AgreementRuntime(this);
    }
  }
}
