package dev.as2.core;

import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Files in folders of this machine: each bucket is a root folder, and no path leaves its root.
 *
 * <p>A path that would leave it, be it through {@code ..} or through a symbolic link that leads
 * outside, is {@link FailureCode#ACCESS_DENIED}, and so is a key with an empty segment, which
 * folders cannot tell from one without. The root itself may be a symbolic link: that is its owner's
 * choice. A folder in place of a file is {@link FailureCode#SEND_FILE_NOT_FOUND}.
 *
 * <p>A version is a file's inode, size and modification time to the nanosecond. What it cannot see
 * is an overwrite in place, of the same size, within one tick of the file system's clock (about 4
 * ms) of the change before it; writers that rename complete files into place are always seen.
 *
 * <p>Writing goes through a hidden file {@code .as2-*.tmp} in the same folder, forced to disk
 * before it takes its name; one that a killed process leaves behind is not listed and may be
 * removed. Write-if-absent needs a file system that knows hard links. Content types are not kept.
 * Safe for use by several threads and processes.
 */
public final class LocalFileStore implements FileStore {
  private final Function<String, Optional<Path>> folders;

  private LocalFileStore(Function<String, Optional<Path>> folders) {
    this.folders = folders;
  }

  /** Buckets by name, each with its root folder. */
  public static LocalFileStore of(Map<String, Path> roots) {
    Map<String, Path> copy = Map.copyOf(roots);
    return new LocalFileStore(bucket -> Optional.ofNullable(copy.get(bucket)));
  }

  /** Every folder directly below {@code parent} is a bucket of that name. */
  public static LocalFileStore below(Path parent) {
    return new LocalFileStore(
        bucket -> LocalRoot.isOneSegment(bucket) ? Optional.of(parent.resolve(bucket)) : none());
  }

  private static Optional<Path> none() {
    return Optional.empty();
  }

  @Override
  public StoredFile stat(FilePath path) throws IOException {
    return LocalFaults.named("read", path, () -> describe(path, locate(path)));
  }

  @Override
  public InputStream open(StoredFile file, long offset) throws IOException {
    if (offset < 0 || offset > file.length()) {
      throw new IllegalArgumentException("offset " + offset + " of " + file.length() + " bytes");
    }
    FilePath path = file.path();
    return LocalFaults.named(
        "read",
        path,
        () -> {
          Path located = locate(path);
          // Before it is opened: opening what has become a pipe would wait for its writer.
          if (!describe(path, located).version().equals(file.version())) {
            throw LocalFaults.changed(path);
          }
          return new LocalFileStream(file, located, offset);
        });
  }

  @Override
  public void write(FilePath path, Content content, String contentType) throws IOException {
    LocalFaults.named(
        "write",
        path,
        () -> {
          try (LocalTemporaryFile temporary = LocalTemporaryFile.beside(place(path))) {
            temporary.fill(content);
            temporary.replace();
          }
          return path;
        });
  }

  @Override
  public boolean writeIfAbsent(FilePath path, Content content, String contentType)
      throws IOException {
    return LocalFaults.named(
        "write",
        path,
        () -> {
          Path target = place(path);
          if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false; // the usual case of a repetition, without writing anything
          }
          try (LocalTemporaryFile temporary = LocalTemporaryFile.beside(target)) {
            temporary.fill(content);
            return temporary.link();
          }
        });
  }

  @Override
  public void delete(FilePath path) throws IOException {
    LocalFaults.named(
        "delete",
        path,
        () -> {
          Path target = root(path.bucket()).place(path);
          return !Files.isDirectory(target) && Files.deleteIfExists(target);
        });
  }

  @Override
  public List<StoredFile> list(String bucket, String prefix, int limit) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (FilePath path : LocalListing.of(root(bucket), bucket, prefix, limit)) {
      try {
        files.add(stat(path));
      } catch (As2Exception e) {
        if (e.code() != FailureCode.SEND_FILE_NOT_FOUND) {
          throw e;
        } // otherwise it was removed since: it is no file of the bucket
      }
    }
    return files;
  }

  private LocalRoot root(String bucket) throws As2Exception {
    return LocalRoot.of(bucket, folders.apply(bucket));
  }

  private Path locate(FilePath path) throws IOException {
    return root(path.bucket()).locate(path).orElseThrow(() -> LocalFaults.notFound(path));
  }

  private Path place(FilePath path) throws IOException {
    Path target = root(path.bucket()).place(path);
    if (Files.isDirectory(target)) {
      throw new As2Exception(
          FailureCode.ACCESS_DENIED, "Cannot write " + path + ": it is a folder, not a file");
    }
    return target;
  }

  private static StoredFile describe(FilePath path, Path located) throws IOException {
    Facts facts = Facts.of(located);
    if (!facts.isRegularFile()) {
      throw LocalFaults.notFound(path);
    }
    return new StoredFile(
        path, facts.length(), facts.version(), facts.modified(), Optional.empty());
  }

  /** What pins the content of a file, as far as its file system tells. */
  static String version(Path located) throws IOException {
    return Facts.of(located).version();
  }

  /**
   * What a file system tells of a file, asked for once.
   *
   * @param inode alone: a file key's device number may be another after a restart of the machine
   */
  private record Facts(boolean isRegularFile, long length, Instant modified, String inode) {
    static Facts of(Path file) throws IOException {
      boolean inodes = file.getFileSystem().supportedFileAttributeViews().contains("unix");
      Map<String, Object> facts =
          Files.readAttributes(
              file, (inodes ? "unix:ino," : "") + "isRegularFile,size,lastModifiedTime");
      return new Facts(
          (Boolean) fact(facts, "isRegularFile"),
          (Long) fact(facts, "size"),
          ((FileTime) fact(facts, "lastModifiedTime")).toInstant(),
          inodes ? String.valueOf(fact(facts, "ino")) : "-");
    }

    private static Object fact(Map<String, Object> facts, String name) {
      return Objects.requireNonNull(facts.get(name), name);
    }

    String version() {
      return inode + ":" + length + ":" + modified;
    }
  }
}
