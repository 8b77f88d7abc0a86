package dev.as2.daemon.serve;

import dev.as2.daemon.aws.NewFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A daemon's own folder, which one process at a time may use: who has it knows that the daemon's
 * earlier lives have ended. Closing it gives it free.
 */
final class StateFolder implements AutoCloseable {
  private static final int NAME_BYTES = 8;

  private final Path folder;
  private final FileChannel lock;
  private final String daemon;

  private StateFolder(Path folder, FileChannel lock, String daemon) {
    this.folder = folder;
    this.lock = lock;
    this.daemon = daemon;
  }

  /**
   * Opens a folder, making it where there is none.
   *
   * @throws IOException where another process has it
   */
  static StateFolder open(Path folder, SecureRandom random) throws IOException {
    makeOwn(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (tryLock(channel) == null) {
        throw new IOException("Another daemon uses " + folder + "; name another one with --state.");
      }
      return new StateFolder(folder, channel, name(folder.resolve("daemon.id"), random));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** For its owner alone, where it is made and the file system knows owners. */
  private static void makeOwn(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another daemon in this very process
    }
  }

  private static String name(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      byte[] drawn = new byte[NAME_BYTES];
      random.nextBytes(drawn);
      NewFiles.write(file, HexFormat.of().formatHex(drawn));
    }
    String name = Files.readString(file, StandardCharsets.UTF_8).strip();
    if (!name.matches("[0-9a-zA-Z-]{1,32}")) {
      throw new IOException(file + " does not hold a daemon's name; remove it.");
    }
    return name;
  }

  /** The daemon's name: the same in all its lives. */
  String daemon() {
    return daemon;
  }

  /** A file of the folder. */
  Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
