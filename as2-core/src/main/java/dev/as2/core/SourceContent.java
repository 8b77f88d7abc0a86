package dev.as2.core;

import dev.as2.mime.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A stored file's octets, of one version, with somebody told how many have been read. */
final class SourceContent implements Content {
  private final FileStore store;
  private final StoredFile file;
  private final LongConsumer progress;

  /**
   * @param progress is told the bytes read so far, after each read
   */
  SourceContent(FileStore store, StoredFile file, LongConsumer progress) {
    this.store = store;
    this.file = file;
    this.progress = progress;
  }

  @Override
  public long length() {
    return file.length();
  }

  @Override
  public InputStream open() throws IOException {
    return new FilterInputStream(store.open(file, 0)) {
      private long count;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        if (n > 0) {
          count += n;
          progress.accept(count);
        }
        return n;
      }
    };
  }
}
