package dev.as2.transport;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.Limits;
import dev.as2.mime.Header;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/** Sees the answer's octets before they are HTTP: counts them and refuses what never will be. */
final class AnswerBytes extends ChannelInboundHandlerAdapter {
  private static final String START = "HTTP/";

  private final ExchangeHandler exchanges;
  private final StringBuilder start = new StringBuilder();
  private long count;

  AnswerBytes(ExchangeHandler exchanges) {
    this.exchanges = exchanges;
  }

  /** How many octets came since the message before. */
  long count() {
    return count;
  }

  /** Begins to count for the next message. */
  void reset() {
    count = 0;
    start.setLength(0);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf octets = (ByteBuf) message;
    count += octets.readableBytes();
    exchanges.octetsCame();
    if (mayBeHttp(octets)) {
      ctx.fireChannelRead(octets);
      return;
    }
    ReferenceCountUtil.release(octets);
    exchanges.failed(
        new As2Exception(
            FailureCode.HTTP_ANSWER_INVALID,
            "What came back is not HTTP; it begins with \"" + start + "\""));
  }

  private boolean mayBeHttp(ByteBuf octets) {
    if (start.length() < START.length()) {
      int some = Math.min(octets.readableBytes(), Limits.QUOTED_CHARACTERS);
      String text = octets.toString(octets.readerIndex(), some, StandardCharsets.ISO_8859_1);
      // an empty line too many after the answer before is no harm (RFC 9112 §2.2)
      start.append(start.isEmpty() ? text.replaceFirst("^[\\r\\n]+", "") : text);
    }
    int compared = Math.min(start.length(), START.length());
    boolean may = START.regionMatches(true, 0, start.substring(0, compared), 0, compared);
    if (!may) {
      String printable = Header.printable(start.toString());
      start.setLength(0);
      start.append(printable);
    }
    return may;
  }
}
