package dev.as2.core;

import dev.as2.mime.BlockInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One message that comes in, of which what has come is kept where it breaks off. For one thread;
 * holds no octets but a block of 64 KiB.
 */
final class PartialMessage implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AgreementRuntime.class.getName());

  private static final int BLOCK_BYTES = 64 << 10;

  private final PartialMessages all;
  private final Path file;
  private final long whole;
  private long held;
  private boolean keeping;
  private @Nullable OutputStream out;
  private @Nullable InputStream in;

  /**
   * How it is with a message before it goes on.
   *
   * @param held how much is kept of it
   * @param whole how long it was when it was accepted; 0 where it was not
   * @param room whether it can be kept
   */
  record Before(long held, long whole, boolean room) {}

  PartialMessage(PartialMessages all, Path file, Before before) {
    this.all = all;
    this.file = file;
    this.whole = before.whole();
    this.held = before.held();
    this.keeping = before.room();
  }

  /** How many octets have come: those that are kept, or all of a message that was accepted. */
  long held() {
    return Math.max(held, whole);
  }

  /** Whether a request that goes on there leaves no gap. */
  boolean fits(ContentRange range) {
    return range.first() <= held || isAccepted(range);
  }

  /** Whether nothing but the answer is wanted by a request that goes on there. */
  boolean isAccepted(ContentRange range) {
    return range.first() > held && range.total() == whole;
  }

  /** The body of a request that begins anew: it is kept while it is read. */
  InputStream begun(InputStream body) throws IOException {
    cutTo(0);
    return new BlockInput() {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = body.read(into, offset, length);
        if (count > 0) {
          keepIfPossible(into, offset, count);
        }
        return count;
      }
    };
  }

  /**
   * The whole body, of what is kept and of a request that goes on with it. It is taken in whole
   * before its first octet is read: what comes need not wait until what had come is opened again.
   *
   * @param range where it goes on: not beyond what is kept
   */
  InputStream continued(ContentRange range, InputStream rest) {
    return new BlockInput() {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (in == null) {
          in = whole(range, rest);
        }
        return in.read(into, offset, length);
      }
    };
  }

  private InputStream whole(ContentRange range, InputStream rest) throws IOException {
    cutTo(range.first());
    byte[] block = new byte[BLOCK_BYTES];
    int count;
    while ((count = rest.read(block)) >= 0) {
      if (!keep(block, 0, count)) {
        forget();
        throw new IOException("there is no room for the rest of a message that broke off");
      }
    }
    endWriting();
    if (held != range.total()) {
      long came = held;
      forget();
      throw new IOException(
          "a message that broke off has %s octets, and not the %s of its Content-Range"
              .formatted(came, range.total()));
    }
    return Files.newInputStream(file);
  }

  private void keepIfPossible(byte[] octets, int offset, int count) throws IOException {
    if (!keeping) {
      return;
    }
    boolean kept;
    try {
      kept = keep(octets, offset, count);
    } catch (IOException e) { // the message itself can do without
      LOG.log(System.Logger.Level.WARNING, "what comes cannot be kept for a restart", e);
      kept = false;
    }
    if (!kept) {
      forget();
      keeping = false;
    }
  }

  private boolean keep(byte[] octets, int offset, int count) throws IOException {
    if (!all.grow(file, count)) {
      return false;
    }
    OutputStream to = out;
    if (to == null) {
      to = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      out = to;
    }
    to.write(octets, offset, count);
    held += count;
    return true;
  }

  private void cutTo(long length) throws IOException {
    if (length < held) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      held = length;
      all.shrink(file, length);
    }
  }

  private void endWriting() throws IOException {
    OutputStream open = out;
    out = null;
    if (open != null) {
      open.close();
    }
  }

  /** It was accepted, and has so many octets: nothing of it is kept any more but its length. */
  void accepted(long length) {
    all.accept(file, length);
  }

  /** It was answered, or is of no use: nothing of it is kept any more. */
  void forget() throws IOException {
    endWriting();
    Files.deleteIfExists(file);
    held = 0;
    all.shrink(file, 0);
  }

  @Override
  public void close() throws IOException {
    try {
      endWriting();
      if (in != null) {
        in.close();
      }
    } finally {
      all.leave(file);
    }
  }
}
