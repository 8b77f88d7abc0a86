package dev.as2.core;

import dev.as2.mime.BlockInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the version of a file that was pinned, and looks at the file again before it hands out the
 * last block: by then every octet has been read, and none is of another version. Holds no content.
 */
final class LocalFileStream extends BlockInput {
  /** The most that one read asks of the channel, which would copy more into a buffer as large. */
  private static final int BLOCK_BYTES = 128 << 10;

  private final StoredFile file;
  private final Path located;
  private final FileChannel channel;
  private long remaining;

  LocalFileStream(StoredFile file, Path located, long offset) throws IOException {
    this.file = file;
    this.located = located;
    this.remaining = file.length() - offset;
    this.channel =
        FileChannel.open(located, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
            .position(offset);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (remaining == 0) {
      return -1;
    }
    int wanted = (int) Math.min(Math.min(length, BLOCK_BYTES), remaining);
    return LocalFaults.named("read", file.path(), () -> block(bytes, offset, wanted));
  }

  private int block(byte[] bytes, int offset, int wanted) throws IOException {
    int count = channel.read(ByteBuffer.wrap(bytes, offset, wanted));
    if (count < 0) {
      throw LocalFaults.changed(file.path()); // it has become shorter
    }
    remaining -= count;
    if (remaining == 0 && !isStillPinned()) {
      throw LocalFaults.changed(file.path());
    }
    return count;
  }

  private boolean isStillPinned() throws IOException {
    try {
      return LocalFileStore.version(located).equals(file.version());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
