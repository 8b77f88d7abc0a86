package dev.as2.mime;

import dev.as2.mime.ZlibBlock.Ending;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Makes one ZLIB stream (RFC 1950) of what is written to it, on as many cores as are free: blocks
 * of 128 KiB are deflated apart, each with the 32 KiB before it at hand, and written in their
 * order.
 *
 * <p>The octets depend on the content and the level alone, not on who deflated which block when.
 * Content of up to one block is deflated by the thread that writes it, and so is a block for which
 * no core is free. For use by one thread at a time.
 *
 * <p>Holds up to {@value #MOST_BLOCKS} blocks, which is 1.5 MiB; of a small content, about twice
 * its size.
 */
final class ZlibOutput extends OutputStream {
  /** How many blocks there are of a message at a time, the one that is being filled among them. */
  static final int MOST_BLOCKS = 5;

  private static final int DEFLATE_WITH_A_WINDOW_OF_32_KIB = 0x78;

  /** A block at work. */
  private record Working(ZlibBlock block, CompletableFuture<Void> ended) {}

  private final OutputStream out;
  private final int level;
  private final Cores cores;
  private final Queue<Working> working = new ArrayDeque<>();
  private final Queue<ZlibBlock> idle = new ArrayDeque<>();
  private ZlibBlock filling = ZlibBlock.small();
  private long adler = Adler.NONE;
  private boolean begun;

  /**
   * @param level from 1, which is fast, to 9, which is small
   */
  ZlibOutput(OutputStream out, int level, Cores cores) {
    this.out = out;
    this.level = level;
    this.cores = cores;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      if (filling.isFull()) { // and not the last, as there is more
        ZlibBlock full = filling;
        deflate(full);
        filling = idle.isEmpty() ? ZlibBlock.large() : idle.remove();
        filling.follow(full);
      }
      done += filling.take(octets, offset + done, length - done);
    }
  }

  /** Has a block deflated, here where no helper is free and none of ours has one to wait for. */
  private void deflate(ZlibBlock full) throws IOException {
    boolean given = give(full);
    while (!given && !working.isEmpty()) {
      awaitAny();
      given = give(full); // before the writes, which may take their time
      writeEnded();
    }
    if (!given) {
      full.deflate(level, Ending.FOLLOWED);
      write(full);
    } else if (working.size() == MOST_BLOCKS) {
      writeFirst();
    }
  }

  /** Whichever ends first has a helper to give; none is idle while others take longer. */
  private void awaitAny() {
    CompletableFuture<?>[] running =
        working.stream()
            .map(Working::ended)
            .filter(ended -> !ended.isDone())
            .toArray(CompletableFuture<?>[]::new);
    if (running.length > 0) {
      CompletableFuture.anyOf(running).join();
    }
  }

  /** Writes, in their order, those that need no waiting for. */
  private void writeEnded() throws IOException {
    while (!working.isEmpty() && working.element().ended().isDone()) {
      writeFirst();
    }
  }

  private boolean give(ZlibBlock full) {
    Optional<CompletableFuture<Void>> ended = cores.run(() -> full.deflate(level, Ending.FOLLOWED));
    ended.ifPresent(e -> working.add(new Working(full, e)));
    return ended.isPresent();
  }

  private void writeFirst() throws IOException {
    Working first = working.element();
    first.ended().join();
    working.remove();
    write(first.block());
  }

  private void write(ZlibBlock deflated) throws IOException {
    if (!begun) {
      out.write(header(level));
      begun = true;
    }
    deflated.writeTo(out);
    adler = Adler.combined(adler, deflated.adler(), deflated.length());
    idle.add(deflated);
  }

  /** Method and window, the level for information, and a checksum of five bits (RFC 1950 §2.2). */
  private static byte[] header(int level) {
    int kind = level == 1 ? 0 : level < 6 ? 1 : level == 6 ? 2 : 3;
    int both = DEFLATE_WITH_A_WINDOW_OF_32_KIB << 8 | kind << 6;
    both += 31 - both % 31;
    return new byte[] {(byte) (both >>> 8), (byte) both};
  }

  /**
   * Writes the rest and ends the stream, which is whole only after this; leaves {@code out} open.
   */
  void finish() throws IOException {
    filling.deflate(level, Ending.LAST);
    while (!working.isEmpty()) {
      writeFirst();
    }
    write(filling);
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt((int) adler).array());
  }

  /**
   * Lets go of everything, and waits for the blocks that are being deflated, a few milliseconds
   * each: nothing works on after this. A stream that was not finished stays so.
   */
  @Override
  public void close() {
    CompletableFuture.allOf(
            working.stream().map(Working::ended).toArray(CompletableFuture<?>[]::new))
        .handle((ended, failure) -> ended) // who closes early has a failure of his own
        .join();
    working.clear();
  }
}
