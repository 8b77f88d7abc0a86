package dev.as2.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A message's body on its way into a channel, for one writer thread, which waits here while the
 * partner does not read.
 *
 * <p>Holds one block of 64 KiB; what the channel holds besides is bounded by its high watermark.
 */
final class MessageOutput extends OutputStream {
  static final int BLOCK_BYTES = 64 << 10;

  private final Channel channel;
  private final OptionalLong announced;
  private long written;
  private boolean tooLong;
  private @Nullable ByteBuf block;
  private @Nullable IOException stopped; // guarded by this

  /**
   * @param announced the Content-Length, or empty when chunked
   */
  MessageOutput(Channel channel, OptionalLong announced) {
    this.channel = channel;
    this.announced = announced;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, octets.length);
    count(length);
    int from = offset;
    int end = offset + length;
    while (from < end) {
      ByteBuf into = block();
      int some = Math.min(end - from, into.writableBytes());
      into.writeBytes(octets, from, some);
      from += some;
      if (!into.isWritable()) {
        send();
      }
    }
  }

  /** Does nothing: blocks leave when they are full. */
  @Override
  public void flush() {}

  /** Does nothing: only {@link #finish} makes a message whole. */
  @Override
  public void close() {}

  private void count(int length) throws IOException {
    written += length;
    if (announced.isPresent() && written > announced.getAsLong()) {
      tooLong = true;
    }
    if (tooLong) {
      throw new IOException(
          "the body is longer than the " + announced.getAsLong() + " bytes that were announced");
    }
  }

  private ByteBuf block() {
    ByteBuf current = block;
    if (current == null) {
      current = channel.alloc().directBuffer(BLOCK_BYTES, BLOCK_BYTES);
      block = current;
    }
    return current;
  }

  private void send() throws IOException {
    awaitWritable();
    channel.writeAndFlush(new DefaultHttpContent(takeBlock()));
  }

  private ByteBuf takeBlock() {
    ByteBuf full = block();
    block = null;
    return full;
  }

  private synchronized void awaitWritable() throws IOException {
    while (stopped == null && !channel.isWritable()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the partner was not reading", e);
      }
    }
    if (stopped != null) {
      throw new IOException(stopped.getMessage(), stopped);
    }
  }

  /** The channel's writability changed. On any thread. */
  synchronized void wake() {
    notifyAll();
  }

  /** Makes the writer's next block, or the one it waits with, fail. On any thread. */
  synchronized void stop(IOException why) {
    if (stopped == null) {
      stopped = why;
      notifyAll();
    }
  }

  /** Whether a failure of the writer is {@link #stop}'s doing. */
  synchronized boolean isStopped() {
    return stopped != null;
  }

  /**
   * Sends the last block and the end of the message.
   *
   * @param left succeeds when it has left; whoever waits for it listens already, as the answer may
   *     be quick
   * @throws IOException where the body's length is not the announced one
   */
  void finish(ChannelPromise left) throws IOException {
    if (announced.isPresent() && written != announced.getAsLong()) {
      throw new IOException(
          "the body has " + written + " bytes and not the announced " + announced.getAsLong());
    }
    awaitWritable();
    channel.writeAndFlush(new DefaultLastHttpContent(takeBlock()), left);
  }

  /** Frees the block; the writer's last act. */
  void free() {
    if (block != null) {
      block.release();
      block = null;
    }
  }
}
