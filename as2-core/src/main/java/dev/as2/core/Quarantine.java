package dev.as2.core;

import dev.as2.mime.Content;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of one message lie until its signature is known: hidden files of a folder of this
 * machine. Closing removes them. For one thread.
 */
final class Quarantine implements AutoCloseable {
  private final Path folder;
  private final long maxBytes;
  private final List<Path> files = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private long bytes;
  private @Nullable IOException broken;

  /**
   * @param folder exists
   * @param maxBytes how much a message's files may have together
   */
  Quarantine(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /**
   * A file that has come.
   *
   * @param name as the sender calls it, unchecked
   * @param contentType as the sender calls it
   * @param content its octets, which are gone when the quarantine is closed
   */
  record Held(Optional<String> name, String contentType, Content content) {}

  /** Where the next file is written to; {@link Incoming#named} follows when it is whole. */
  Incoming receive() throws IOException {
    try {
      Path file = Files.createTempFile(folder, ".as2-received-", ".tmp");
      files.add(file);
      return new Incoming(file, Files.newOutputStream(file));
    } catch (IOException e) {
      throw ours(e);
    }
  }

  private IOException ours(IOException e) {
    broken = e;
    return e;
  }

  /**
   * @throws IOException where a file could not be written, which is no fault of the message
   */
  void requireIntact() throws IOException {
    if (broken != null) {
      throw new IOException(
          "the spool folder does not take a file: " + broken.getMessage(), broken);
    }
  }

  /** All that have come, in their order. */
  List<Held> held() {
    return List.copyOf(held);
  }

  /** A file while it comes: blocks are written as they come. */
  final class Incoming extends FilterOutputStream {
    private final Path file;

    private Incoming(Path file, OutputStream out) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      count(length);
      try {
        out.write(octets, offset, length);
      } catch (IOException e) {
        throw ours(e);
      }
    }

    private void count(int more) throws Refusal {
      bytes += more;
      if (bytes > maxBytes) {
        throw LayerFault.PROCESSING.refusal(
            FailureCode.FILE_SIZE_TOO_LARGE,
            "it is larger than " + maxBytes + " bytes, which is what the agreement allows");
      }
    }

    /** It has come whole. */
    void named(Optional<String> name, String contentType) throws IOException {
      close();
      held.add(new Held(name, contentType, content(file, Files.size(file))));
    }
  }

  private static Content content(Path file, long length) {
    return new Content() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }

  @Override
  public void close() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
