package dev.as2.transport;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Request;
import dev.as2.core.As2Response;
import dev.as2.core.FailureCode;
import dev.as2.core.Limits;
import dev.as2.core.TransportOptions.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One message and its answer on one connection.
 *
 * <p>Lives on the connection's event loop; what a writer thread calls says so. Ends once, with an
 * answer or a failure, and is told to whoever waits only when no thread is inside the message any
 * more: another attempt may then write the same entity.
 */
final class Exchange {
  private final As2Request request;
  private final Destination destination;
  private final Channel channel;
  private final Executor writers;
  private final Moments moments;
  private final MessageWriter writer;
  private final Deadline deadline;
  private final Timeouts timeouts;
  private final Connection connection;
  private final ExchangeHandler handler;
  private final AnswerBytes octets;
  private final Flow flow;
  private final CompletableFuture<As2Response> outcome = new CompletableFuture<>();

  private volatile boolean headSent;
  private boolean reused;
  private boolean bodyStarted;
  private boolean sentWhole;
  private boolean answering;
  private int interimAnswers;
  private @Nullable Answer answer;
  private @Nullable IOException broken;
  private volatile boolean over;

  Exchange(
      As2Request request,
      Destination destination,
      Channel channel,
      Executor writers,
      Moments moments) {
    this.request = request;
    this.destination = destination;
    this.channel = channel;
    this.writers = writers;
    this.moments = moments;
    this.timeouts = request.transport().timeouts();
    this.deadline = new Deadline(channel.eventLoop(), this::brokeInside);
    this.connection = Connection.of(channel);
    this.handler = connection.exchanges();
    this.octets = connection.octets();
    this.flow = connection.flow();
    OptionalLong length = request.chunked() ? OptionalLong.empty() : request.message().bodyLength();
    this.writer = new MessageWriter(request.message(), new MessageOutput(channel, length), this);
  }

  /** A pooled connection was closed before a single octet was written: another one will do. */
  static final class StaleConnection extends IOException {}

  /** The answer or the failure. */
  CompletableFuture<As2Response> outcome() {
    return outcome;
  }

  /** Begins; proxy and TLS come first where the connection is new. */
  void begin() {
    inside(() -> {
      octets.reset();
      reused = handler.attach(this);
      if (reused) {
        moments.reused();
        send();
      } else {
        openProxy();
      }
    });
  }

  /** What a step throws would be lost on the event loop: it ends the exchange instead. */
  private void inside(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      brokeInside(e);
    }
  }

  /** A step of ours threw what it should not. */
  void brokeInside(Throwable why) {
    end(Failures.ofOurs(destination, why));
  }

  private void openProxy() {
    if (connection.proxy().isPresent()) {
      connection
          .proxy()
          .get()
          .connectFuture()
          .addListener(open -> inside(() -> proxyAnswered(open)));
    } else {
      openTls();
    }
  }

  private void proxyAnswered(Future<?> open) {
    if (open.isSuccess()) {
      openTls();
    } else {
      end(Failures.ofProxy(request.transport().proxy(), destination, open.cause()));
    }
  }

  private void openTls() {
    if (connection.tls().isPresent()) {
      deadline.start(
          timeouts.handshake(),
          () -> end(Failures.ofLateHandshake(destination, timeouts.handshake())));
      connection
          .tls()
          .get()
          .handshakeFuture()
          .addListener(done -> inside(() -> handshakeEnded(done)));
    } else {
      ready();
    }
  }

  private void handshakeEnded(Future<?> done) {
    if (done.isSuccess()) {
      ready();
    } else {
      end(Failures.ofHandshake(destination, done.cause()));
    }
  }

  private void ready() {
    moments.open();
    send();
  }

  private void send() {
    if (over) {
      return;
    }
    deadline.stop();
    if (!channel.isActive()) { // closed before anybody listened
      closed(new ClosedChannelException());
      return;
    }
    HttpRequest head = RequestHead.of(request, destination);
    if (request.expectsContinue()) {
      writeHead(head);
      channel.flush();
      deadline.start(timeouts.continueWait(), this::startBody);
    } else {
      writer.setHead(head);
      startBody();
    }
  }

  /** Writes the request's head without flushing it. On any thread. */
  void writeHead(HttpRequest head) {
    headSent = true;
    channel.write(head);
  }

  private void startBody() {
    if (!bodyStarted && !over) {
      bodyStarted = true;
      deadline.stop();
      flow.watch(timeouts.writeStall(), this::tooSlow);
      writers.execute(writer);
    }
  }

  private void tooSlow(long octets) {
    end(Failures.ofSlowReading(destination, octets, timeouts.writeStall()));
  }

  void writabilityChanged() {
    writer.wake();
  }

  /** What to fulfil when the last of the message has left. On any thread. */
  ChannelPromise untilSent() {
    ChannelPromise left = channel.newPromise();
    left.addListener(sent -> inside(() -> sent(sent.isSuccess())));
    return left;
  }

  private void sent(boolean success) {
    if (!success || over || answer != null) {
      return; // a failure to write shows as a closed connection, or as an early answer
    }
    sentWhole = true;
    moments.written();
    flow.unwatch();
    if (!answering) {
      awaitAnswer();
    }
  }

  /** The message's own {@code writeBodyTo} failed. On the writer's thread. */
  void bodyFailed(Throwable why) {
    if (!over) {
      channel.eventLoop().execute(() -> end(why));
    }
  }

  private void awaitAnswer() {
    deadline.start(timeouts.firstByte(), this::answerLate);
  }

  private void answerLate() {
    String what = " did not answer within " + ms(timeouts.firstByte()) + "; ";
    end(new As2Exception(FailureCode.MDN_TIMED_OUT, destination + what + progress()));
  }

  /** Octets of an answer came; they may yet be an interim one's. */
  void octetsCame() {
    if (!answering) {
      answering = true;
      moments.answered();
      deadline.start(timeouts.answer(), this::restLate);
    }
  }

  private void restLate() {
    FailureCode code = broken == null ? FailureCode.MDN_TIMED_OUT : FailureCode.CONNECTION_CLOSED;
    String what = " did not end its answer within " + ms(timeouts.answer()) + "; ";
    end(new As2Exception(code, destination + what + progress()));
  }

  /** An interim answer (RFC 9110 §15.2): ignored, but it shows that the partner lives. */
  void interim(int status) {
    answering = false;
    interimAnswers++;
    if (status == 101 || interimAnswers > Limits.INTERIM_ANSWERS) {
      end(
          new As2Exception(
              FailureCode.HTTP_ANSWER_INVALID,
              destination + " sent interim answer no. " + interimAnswers + ", status " + status));
    } else if (sentWhole) {
      awaitAnswer();
    } else if (status == 100 || bodyStarted) {
      deadline.stop();
      startBody();
    } else {
      deadline.start(timeouts.continueWait(), this::startBody);
    }
  }

  void answerBegins(HttpResponse head) {
    answer = new Answer(head, sentWhole);
    if (!sentWhole) {
      flow.unwatch();
      writer.stop(new IOException("the partner answered before the message was sent whole"));
    }
  }

  void answerGoesOn(ByteBuf some) {
    if (answer != null && !over) {
      try {
        answer.add(some);
      } catch (As2Exception e) {
        end(e);
      }
    }
  }

  void answerEnds() {
    if (answer != null && !over) {
      As2Response whole = answer.whole(moments.timings(answer.sentWhole()));
      over();
      if (!answer.leavesTheConnectionUsable()) {
        handler.retire();
        channel.close();
      }
      tell(whole, null);
    }
  }

  /** Nothing more can be written; an answer may still lie in the socket (RFC 9112 §9.6). */
  void outputFailed() {
    broken = broken == null ? new IOException("nothing can be written any more") : broken;
    flow.unwatch();
    writer.stop(broken);
    if (!answering && !over) {
      deadline.start(timeouts.answer(), this::restLate);
    }
  }

  /** Reading failed; the connection is about to be closed. */
  void broken(IOException cause) {
    if (answer == null || answer.sentWhole()) {
      closed(cause);
    } else {
      broken = cause; // what came of an early answer counts, also where only its end ends it
    }
  }

  /** The connection is closed. */
  void closed(IOException cause) {
    if (reused && !headSent) {
      end(new StaleConnection());
      return;
    }
    if (shaking()) {
      end(Failures.ofHandshake(destination, cause));
      return;
    }
    String how = cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    end(
        new As2Exception(
            FailureCode.CONNECTION_CLOSED,
            destination + " closed the connection" + how + "; " + progress(),
            cause));
  }

  /** What was read cannot be understood, or TLS broke. */
  void failed(Throwable cause) {
    end(
        shaking()
            ? Failures.ofHandshake(destination, cause)
            : Failures.ofReading(destination, progress(), cause));
  }

  private boolean shaking() {
    return connection.tls().filter(t -> !t.handshakeFuture().isSuccess()).isPresent();
  }

  private String progress() {
    String message = sentWhole ? "the message was sent whole" : "the message was not sent whole";
    return message + ", and " + octets.count() + " bytes of the answer had come";
  }

  /** Ends with a failure, once. */
  void end(Throwable why) {
    if (over) {
      return;
    }
    over();
    handler.retire();
    if (headSent && !sentWhole) {
      flow.reset();
    } else {
      channel.close();
    }
    tell(null, withWhatCame(why));
  }

  private Throwable withWhatCame(Throwable why) {
    try {
      return answer != null && why instanceof As2Exception coded
          ? coded.withAnswer(answer.whole(moments.timings(answer.sentWhole())))
          : why;
    } catch (RuntimeException e) { // perhaps for the second time: the failure itself must get out
      why.addSuppressed(e);
      return why;
    }
  }

  private void over() {
    over = true;
    deadline.stop();
    flow.unwatch();
    handler.detach();
    writer.stop(new IOException("the exchange with " + destination + " has ended"));
  }

  private void tell(@Nullable As2Response whole, @Nullable Throwable why) {
    writer
        .left()
        .whenComplete((left, never) -> {
          if (whole != null) {
            outcome.complete(whole);
          } else if (why != null) {
            outcome.completeExceptionally(why);
          }
        });
  }

  private static String ms(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
