package dev.as2.core;

import dev.as2.mime.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The port to partners, which gives to each post what the next line of a script says, and keeps the
 * octets of each.
 */
final class ScriptedClient implements As2Client {
  private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
  private final List<byte[]> posts = new CopyOnWriteArrayList<>();
  private final List<As2Request> requests = new CopyOnWriteArrayList<>();
  volatile Optional<TransportOptions> probed = Optional.empty();
  private volatile Script otherwise = answer(404, "no script is left");

  /** What happens with one post. */
  @FunctionalInterface
  interface Script {
    void play(Post post, CompletableFuture<As2Response> answer) throws IOException;
  }

  /** One post, which may be read. */
  static final class Post {
    private final As2Request request;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    private Post(As2Request request) {
      this.request = request;
      octets.writeBytes(request.message().headers().toBytes());
    }

    Headers headers() {
      return request.message().headers();
    }

    /** Reads the whole body. */
    byte[] readBody() throws IOException {
      int head = octets.size();
      request.message().writeBodyTo(octets);
      byte[] all = octets.toByteArray();
      return java.util.Arrays.copyOfRange(all, head, all.length);
    }

    /** Reads so much of the body, and breaks the writing off then. */
    void readAndBreak(int bytes) throws IOException {
      int end = octets.size() + bytes;
      request
          .message()
          .writeBodyTo(
              new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                  if (octets.size() == end) {
                    throw new As2Exception(FailureCode.CONNECTION_CLOSED, "The line was cut.");
                  }
                  octets.write(octet);
                }
              });
    }
  }

  ScriptedClient then(Script script) {
    scripts.add(script);
    return this;
  }

  /** What each post gets for which there is no script. */
  ScriptedClient otherwise(Script script) {
    otherwise = script;
    return this;
  }

  /** Takes the message whole and answers so. */
  static Script answer(int status, String body, String... headers) {
    return (post, answer) -> {
      post.readBody();
      answer.complete(response(status, body, true, headers));
    };
  }

  /** Takes nothing of the message and answers so. */
  static Script answerEarly(int status, String body) {
    return (post, answer) -> answer.complete(response(status, body, false));
  }

  static Script fail(FailureCode code) {
    return (post, answer) ->
        answer.completeExceptionally(new As2Exception(code, "It failed with " + code + "."));
  }

  /** Takes so much of the body, and then the line is cut. */
  static Script cutAfter(int bytes) {
    return (post, answer) -> post.readAndBreak(bytes);
  }

  /** Answers as a partner does who takes the message apart. */
  static Script receive(Receiver receiver) {
    return (post, answer) -> {
      byte[] body = post.readBody();
      As2Handler.Answer mdn = receiver.handle(arrived("POST", post.headers(), body));
      answer.complete(
          new As2Response(
              mdn.status(), "OK", mdn.headers(), mdn.body(), true, As2Response.Timings.NONE));
    };
  }

  /** A request as a server would hand it on. */
  static As2Handler.Request arrived(String method, Headers headers, byte[] body) {
    return new As2Handler.Request(
        method,
        "/as2",
        headers,
        new ByteArrayInputStream(body),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 4080));
  }

  static As2Response response(int status, String body, boolean sentWhole, String... headers) {
    return new As2Response(
        status,
        "Reason",
        Headers.of(headers),
        body.getBytes(StandardCharsets.UTF_8),
        sentWhole,
        As2Response.Timings.NONE);
  }

  /** Headers and body of each post, as far as they were read. */
  List<byte[]> posts() {
    return List.copyOf(posts);
  }

  List<As2Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public CompletableFuture<As2Response> post(As2Request request) {
    requests.add(request);
    Script next = scripts.poll();
    CompletableFuture<As2Response> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> play(next == null ? otherwise : next, new Post(request), answer), "post");
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  /** The way is always open. */
  @Override
  public CompletableFuture<Probe> probe(URI url, TransportOptions transport) {
    probed = Optional.of(transport);
    return CompletableFuture.completedFuture(
        new Probe(Probe.Step.TLS, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private void play(Script script, Post post, CompletableFuture<As2Response> answer) {
    CompletableFuture<As2Response> played = new CompletableFuture<>();
    played.whenComplete((response, fault) -> {
      posts.add(post.octets.toByteArray());
      if (fault == null) {
        answer.complete(response);
      } else {
        answer.completeExceptionally(fault);
      }
    });
    try {
      script.play(post, played);
    } catch (IOException | RuntimeException e) {
      played.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    scripts.clear();
  }
}
