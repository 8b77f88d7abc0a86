package dev.as2.core;

import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that has its content before it has its name: hidden beside its target until it is whole
 * and on disk. Closing removes what did not become the target.
 */
final class LocalTemporaryFile implements AutoCloseable {
  private static final String PREFIX = ".as2-";
  private static final String SUFFIX = ".tmp";

  private final Path target;
  private final Path temporary;

  private LocalTemporaryFile(Path target) {
    this.target = target;
    this.temporary = target.resolveSibling(PREFIX + UUID.randomUUID() + SUFFIX);
  }

  /** Makes the folders above {@code target} where they are missing. */
  static LocalTemporaryFile beside(Path target) throws IOException {
    try {
      Files.createDirectories(target.resolveSibling(""));
    } catch (FileAlreadyExistsException e) {
      throw new As2Exception(
          FailureCode.PATH_NOT_FOUND,
          "Cannot write " + target.getFileName() + ": a part of its path is a file, not a folder",
          e);
    }
    return new LocalTemporaryFile(target);
  }

  static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  void fill(Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        InputStream in = content.open()) {
      long written = in.transferTo(Channels.newOutputStream(channel));
      if (written != content.length()) {
        throw new IOException(
            "the content has " + written + " bytes, not the " + content.length() + " it announced");
      }
      channel.force(true);
    }
  }

  void replace() throws IOException {
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether it is the target now; {@code false} where the name was taken. */
  boolean link() throws IOException {
    try {
      Files.createLink(target, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw new IOException("the file system knows no hard links", e);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(temporary);
  }
}
