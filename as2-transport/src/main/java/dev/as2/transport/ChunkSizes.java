package dev.as2.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.internal.StringUtil;
import java.util.List;

/**
 * Lets a decoder of Netty's read chunk sizes that are padded with spaces: "1000 " becomes "001000",
 * in place. Old servers and senders pad them, and RFC 9112 §7.1 has such lines read where possible
 * ("bad whitespace", with which the decoder is content in front of an extension only).
 *
 * <p>Looks at the lines around chunks, not at what is in them, and leaves to the decoder what is
 * wrong. Holds no octets. For one decoder, on its thread.
 */
final class ChunkSizes {
  /** Whether chunks are being read, of which there are more. */
  private boolean chunks;

  /** From the decoder's position to the next line that is to be looked at. */
  private long ahead;

  /** Whether that line is the end of a chunk, and not a size. */
  private boolean ends;

  /** A decoder's own reading. */
  interface Decoding {
    void decode() throws Exception;
  }

  /**
   * Has the decoder read on.
   *
   * @param come what has come, from its position
   * @param out takes what it is
   */
  void decode(ByteBuf come, List<Object> out, Decoding decoding) throws Exception {
    smooth(come);
    int begin = come.readerIndex();
    int parts = out.size();
    decoding.decode();
    decoded(come.readerIndex() - begin, out.subList(parts, out.size()));
  }

  private void smooth(ByteBuf come) {
    while (chunks && ahead < come.readableBytes()) {
      int begin = come.readerIndex() + (int) ahead;
      int end = come.indexOf(begin, come.writerIndex(), (byte) '\n');
      if (end < 0) {
        return; // the line is not whole
      }
      ahead += end + 1 - begin;
      if (!ends) {
        long size = smoothed(come, begin, end);
        chunks = size > 0;
        ahead += size;
      }
      ends = !ends;
    }
  }

  /** The size that a line states; 0 at the last chunk, and where it states none. */
  private static long smoothed(ByteBuf come, int begin, int end) {
    int digits = begin;
    long size = 0;
    for (; digits < end && size <= Integer.MAX_VALUE; digits++) {
      int digit = StringUtil.decodeHexNibble(come.getByte(digits));
      if (digit < 0) {
        break;
      }
      size = size << 4 | digit;
    }
    int padded = digits;
    while (padded < end && (come.getByte(padded) == ' ' || come.getByte(padded) == '\t')) {
      padded++;
    }
    if (digits > begin && padded > digits && (padded == end || come.getByte(padded) == '\r')) {
      for (int from = digits - 1, to = padded - 1; to >= begin; from--, to--) {
        come.setByte(to, from >= begin ? come.getByte(from) : '0');
      }
    }
    return size;
  }

  private void decoded(int octets, List<Object> parts) {
    ahead = Math.max(0, ahead - octets); // it may stop within the line that ends a chunk
    for (Object part : parts) {
      if (part instanceof HttpMessage head) {
        chunks = HttpUtil.isTransferEncodingChunked(head);
        ahead = 0; // it stops behind the head of a message in chunks
        ends = false;
      }
    }
  }
}
