package dev.as2.core;

import dev.as2.core.As2Handler.Answer;
import dev.as2.core.As2Handler.Request;
import dev.as2.core.ReceiptMaker.Said;
import dev.as2.core.ReceivedMessages.Kept;
import dev.as2.core.Reception.Origin;
import dev.as2.core.Reception.ReceivedContent;
import dev.as2.core.Reception.SentReceipt;
import dev.as2.core.SendResult.ResultFiles;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import dev.as2.mime.IncomingEntity;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message on its way in: its agreement found, its layers opened, its files stored, its MDN
 * made.
 *
 * <p>Used once, by one thread. What is ours to mend (the store, the registry, our keys) is an
 * IOException, after which nothing is remembered of the message.
 */
final class Receiving {
  private static final System.Logger LOG = System.getLogger(AgreementRuntime.class.getName());

  private static final int BLOCK_BYTES = 64 << 10;
  private static final String ACCEPTED = "The message was received and its content stored.";

  private final AgreementRuntime runtime;
  private final InboundHead head;
  private final Request request;
  private final Instant started;
  private final List<String> warnings = new ArrayList<>();

  Receiving(AgreementRuntime runtime, InboundHead head, Request request) {
    this.runtime = runtime;
    this.head = head;
    this.request = request;
    this.started = runtime.clock().instant();
  }

  /** What opening a message came to. */
  private record Opened(ReceivedContent content, Optional<Refusal> refusal) {}

  Answer answer(ArrivingBody body) throws IOException {
    if (head.key().from().equals(head.key().to())) {
      return stranger(
          Refusal.failure(
              "sender-equals-receiver",
              FailureCode.INVALID_REQUEST,
              "its AS2-From and its AS2-To are the same"));
    }
    Optional<Terms> terms = Terms.find(runtime.registry(), head.key(), started);
    if (terms.isEmpty()) {
      return stranger(
          Refusal.error(
              "unknown-trading-relationship",
              FailureCode.AGREEMENT_NOT_FOUND,
              "there is no agreement of this AS2-From and this AS2-To"));
    }
    Optional<Kept> earlier = runtime.received().accepted(head.key());
    return earlier.isPresent()
        ? repeated(terms.get(), earlier.get(), body)
        : firstTime(terms.get(), body);
  }

  /** Who sends is unknown, so nothing is read, stored, signed or posted anywhere. */
  private Answer stranger(Refusal why) throws IOException {
    MadeMdn mdn =
        runtime
            .receipts()
            .unsigned(head, new Said(why.disposition(), Optional.empty(), why.sentence()));
    boolean wanted = head.receipt().wanted();
    Opened nothing = new Opened(content(Optional.empty(), List.of()), Optional.of(why));
    tell(
        reception(
            Optional.empty(),
            nothing,
            wanted ? Optional.of(receipt(mdn, Optional.empty())) : Optional.empty()));
    if (!wanted) {
      return AgreementRuntime.says(403, why.sentence() + "\r\n");
    }
    // An asynchronous MDN may be posted to nobody whom we do not know.
    return mdn.answer(head.receipt().isAsynchronous() ? 403 : 200);
  }

  private Answer firstTime(Terms terms, ArrivingBody body) throws IOException {
    Optional<URI> deliverTo;
    try {
      deliverTo = deliverTo(terms);
    } catch (Refusal e) {
      return refusedAddress(terms, e);
    }
    if (head.receipt().signature().isPresent()) {
      terms.requireSigning(); // before anything is stored that could not be answered for
    }
    try (Quarantine quarantine =
        new Quarantine(runtime.spool(), terms.options().connector().packing().maxFileBytes())) {
      Opened opened = open(terms, quarantine, body);
      return answer(terms, opened, deliverTo);
    }
  }

  private Optional<URI> deliverTo(Terms terms) throws Refusal {
    ReceiptRequest receipt = head.receipt();
    return receipt.isAsynchronous()
        ? Optional.of(MdnAddress.parse(receipt.deliverTo().orElseThrow(), terms.hosts()))
        : Optional.empty();
  }

  /** The MDN cannot go where it is to go: it is the answer, with a status that nobody overlooks. */
  private Answer refusedAddress(Terms terms, Refusal why) throws IOException {
    Opened nothing = new Opened(content(Optional.empty(), List.of()), Optional.of(why));
    return mdn(terms, nothing, Optional.empty()).orElseThrow().answer(400);
  }

  private Opened open(Terms terms, Quarantine quarantine, ArrivingBody body) throws IOException {
    Optional<Mic> mic = Optional.empty();
    List<Layer> layers = List.of();
    try {
      if (head.receipt().refusal().isPresent()) {
        throw head.receipt().refusal().get();
      }
      Inbound.Received received =
          new Inbound(terms.keys(), quarantine, head.receipt().mic())
              .read(
                  new IncomingEntity(
                      head.headers(), new byte[0], new BufferedInputStream(body, BLOCK_BYTES)));
      mic = Optional.of(received.mic());
      layers = received.layers();
      terms.requireSecurity(layers);
      List<Reception.ReceivedFile> files =
          new Commitment(runtime.store(terms.agreement()), terms, head.key().messageId(), warnings)
              .store(quarantine.held());
      return new Opened(content(mic, layers, files), Optional.empty());
    } catch (Refusal e) {
      body.requireWhole(); // what breaks off looks damaged
      return new Opened(content(mic, layers), Optional.of(e));
    }
  }

  private ReceivedContent content(Optional<Mic> mic, List<Layer> layers) {
    return content(mic, layers, List.of());
  }

  private ReceivedContent content(
      Optional<Mic> mic, List<Layer> layers, List<Reception.ReceivedFile> files) {
    return new ReceivedContent(
        head.subject(), layers.stream().map(Layer::word).toList(), files, mic);
  }

  private Answer answer(Terms terms, Opened opened, Optional<URI> deliverTo) throws IOException {
    Optional<MadeMdn> mdn = mdn(terms, opened, deliverTo);
    Kept kept =
        new Kept(
            head.key(),
            runtime.clock().instant(),
            opened.refusal().isEmpty(),
            opened.content().mic(),
            mdn.map(MadeMdn::octets).orElse(new byte[0]),
            deliverTo);
    return answered(terms, runtime.received().keep(kept), opened.refusal());
  }

  /** Makes the MDN, where one is wanted, and writes what the message came to. */
  private Optional<MadeMdn> mdn(Terms terms, Opened opened, Optional<URI> deliverTo)
      throws IOException {
    Optional<MadeMdn> mdn = Optional.empty();
    if (head.receipt().wanted()) {
      mdn = Optional.of(runtime.receipts().make(head, terms, said(opened)));
    }
    Reception reception =
        reception(Optional.of(terms), opened, mdn.map(made -> receipt(made, deliverTo)));
    tell(
        new ReceptionWriter(
                runtime.store(terms.agreement()), terms.agreement().directories().folders())
            .write(reception, mdn.map(MadeMdn::octets)));
    return mdn;
  }

  private static Said said(Opened opened) {
    return new Said(
        disposition(opened),
        opened.content().mic(),
        opened.refusal().map(Refusal::sentence).orElse(ACCEPTED));
  }

  private static Disposition disposition(Opened opened) {
    return opened.refusal().map(Refusal::disposition).orElse(Disposition.PROCESSED);
  }

  private Answer answered(Terms terms, Kept kept, Optional<Refusal> refusal) throws IOException {
    if (kept.mdn().length == 0) {
      return refusal
          .map(why -> AgreementRuntime.says(400, Header.printable(why.sentence()) + "\r\n"))
          .orElse(new Answer(200, Headers.EMPTY, new byte[0]));
    }
    if (kept.deliverTo().isEmpty()) {
      return MadeMdn.read(kept.mdn()).answer(200);
    }
    return new Answer(200, Headers.EMPTY, new byte[0], () -> deliver(kept, terms));
  }

  private void deliver(Kept kept, Terms terms) {
    try {
      runtime.delivery().begin(kept, terms);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the MDN of " + kept.key() + " cannot be posted", e);
    }
  }

  /** The same answer again; a new one only where there was none the first time (§5.5, §7.5.6). */
  private Answer repeated(Terms terms, Kept earlier, ArrivingBody body) throws IOException {
    body.transferTo(OutputStream.nullOutputStream()); // many clients read no answer before that
    runtime.listener().repeated(head.key());
    LOG.log(System.Logger.Level.INFO, "message {0} was received before", head.key());
    if (earlier.mdn().length > 0 || !head.receipt().wanted()) {
      return answered(terms, earlier, Optional.empty());
    }
    Optional<URI> deliverTo;
    try {
      deliverTo = deliverTo(terms);
    } catch (Refusal e) {
      return refusedAddress(terms, e);
    }
    MadeMdn mdn =
        runtime
            .receipts()
            .make(
                head,
                terms,
                new Said(
                    new Disposition.Warned("duplicate-document"),
                    earlier.mic(),
                    "The message had been received and its content stored before."));
    return answered(
        terms,
        new Kept(head.key(), earlier.received(), true, earlier.mic(), mdn.octets(), deliverTo),
        Optional.empty());
  }

  private SentReceipt receipt(MadeMdn mdn, Optional<URI> deliverTo) {
    return new SentReceipt(mdn.messageId(), mdn.subject(), mdn.isSigned(), deliverTo);
  }

  private Reception reception(Optional<Terms> terms, Opened opened, Optional<SentReceipt> receipt) {
    return new Reception(
        head.key(),
        new Origin(
            terms.map(Terms::agreement),
            request.remote().getAddress() == null
                ? request.remote().getHostString()
                : request.remote().getAddress().getHostAddress(),
            Quote.of(request.path()),
            started,
            runtime.clock().instant()),
        opened.content(),
        disposition(opened).toWire(),
        opened.refusal().map(Refusal::failure),
        receipt,
        warnings,
        ResultFiles.NONE);
  }

  private void tell(Reception reception) {
    LOG.log(
        System.Logger.Level.INFO,
        "message {0} from {1} to {2}: {3} {4}",
        reception.key().messageId(),
        reception.key().from(),
        reception.key().to(),
        reception.status(),
        reception.failure().map(f -> f.code() + ": " + f.message()).orElse(""));
    runtime.listener().received(reception);
  }
}
