package dev.as2.transport;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Response;
import dev.as2.core.FailureCode;
import dev.as2.core.Limits;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A final answer as it comes in. Holds at most {@link Limits#ANSWER_BYTES}. */
final class Answer {
  private final HttpResponse head;
  private final boolean sentWhole;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  Answer(HttpResponse head, boolean sentWhole) {
    this.head = head;
    this.sentWhole = sentWhole;
  }

  /** Whether the message was out when it began. */
  boolean sentWhole() {
    return sentWhole;
  }

  /** Whether only the connection's end ends it (RFC 9112 §6.3). */
  boolean endsWithTheConnection() {
    return !HttpUtil.isContentLengthSet(head) && !HttpUtil.isTransferEncodingChunked(head);
  }

  /** Whether the connection may carry another message. */
  boolean leavesTheConnectionUsable() {
    return sentWhole && HttpUtil.isKeepAlive(head) && !endsWithTheConnection();
  }

  /**
   * Takes some of the body.
   *
   * @throws As2Exception {@code HTTP_ANSWER_TOO_LARGE}
   */
  void add(ByteBuf octets) throws As2Exception {
    if (octets.readableBytes() > Limits.ANSWER_BYTES - body.size()) {
      throw new As2Exception(
          FailureCode.HTTP_ANSWER_TOO_LARGE,
          "The answer (HTTP status "
              + head.status().code()
              + ") is larger than "
              + Limits.ANSWER_BYTES
              + " bytes");
    }
    byte[] some = new byte[octets.readableBytes()];
    octets.readBytes(some);
    body.writeBytes(some);
  }

  As2Response whole(As2Response.Timings timings) {
    return new As2Response(
        head.status().code(),
        head.status().reasonPhrase(),
        received(head.headers()),
        body.toByteArray(),
        sentWhole,
        timings);
  }

  /** The headers as they can be kept: lines whose names are no tokens are left out. */
  static Headers received(HttpHeaders headers) {
    List<Header> lines = new ArrayList<>();
    for (Map.Entry<String, String> line : headers) {
      try {
        lines.add(Header.received(line.getKey(), line.getValue()));
      } catch (IllegalArgumentException e) {
        continue; // the name is no token
      }
    }
    return new Headers(lines);
  }
}
