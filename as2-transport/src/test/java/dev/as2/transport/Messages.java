package dev.as2.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Request;
import dev.as2.core.As2Response;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Timeouts;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Messages and requests for tests. */
final class Messages {
  static final Duration LONG = Duration.ofSeconds(10);
  static final Duration SHORT = Duration.ofMillis(200);
  static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG, LONG, LONG);

  private Messages() {}

  /** What a body does. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static Entity entity(OptionalLong length, Body body) {
    return new Entity() {
      @Override
      public Headers headers() {
        return Headers.of("Content-Type", "application/octet-stream", "AS2-To", "\"a b\"");
      }

      @Override
      public OptionalLong bodyLength() {
        return length;
      }

      @Override
      public void writeBodyTo(OutputStream out) throws IOException {
        body.writeTo(out);
      }
    };
  }

  static Entity text(String text) {
    return entity(OptionalLong.of(text.length()), out -> out.write(text.getBytes(US_ASCII)));
  }

  /** An empty message that makes its headers and its length as it is asked for them. */
  static Entity made(Supplier<Headers> headers, Supplier<OptionalLong> length) {
    return new Entity() {
      @Override
      public Headers headers() {
        return headers.get();
      }

      @Override
      public OptionalLong bodyLength() {
        return length.get();
      }

      @Override
      public void writeBodyTo(OutputStream out) {}
    };
  }

  /** So many bytes, each block of 64 KiB different from the one before. */
  static Entity large(long length) {
    return entity(OptionalLong.of(length), out -> writeLarge(out, length));
  }

  private static void writeLarge(OutputStream out, long length) throws IOException {
    byte[] block = new byte[64 << 10];
    for (long left = length; left > 0; left -= block.length) {
      block[0]++;
      block[1] += block[0];
      out.write(block, 0, (int) Math.min(left, block.length));
    }
  }

  static TransportOptions options(Timeouts timeouts) {
    return new TransportOptions(timeouts, false, Optional.empty(), Tls.DEFAULT);
  }

  static TransportOptions options(Tls tls) {
    return new TransportOptions(PATIENT, false, Optional.empty(), tls);
  }

  static As2Request request(URI url, Entity message, TransportOptions options) {
    return new As2Request(url, message, false, options, Optional.empty());
  }

  static As2Request request(URI url, Entity message) {
    return request(url, message, options(PATIENT));
  }

  static As2Request chunked(URI url, Entity message) {
    return new As2Request(url, message, true, options(PATIENT), Optional.empty());
  }

  static As2Response await(CompletableFuture<As2Response> answer) throws Exception {
    return answer.get(30, TimeUnit.SECONDS);
  }

  /** What the future fails with. */
  static Throwable failure(CompletableFuture<As2Response> answer) throws Exception {
    try {
      throw new AssertionError("an answer came: " + answer.get(30, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  static As2Exception as2Failure(CompletableFuture<As2Response> answer) throws Exception {
    Throwable failure = failure(answer);
    if (failure instanceof As2Exception known) {
      return known;
    }
    throw new AssertionError("not an As2Exception", failure);
  }

  static String body(As2Response answer) {
    return new String(answer.body(), US_ASCII);
  }
}
