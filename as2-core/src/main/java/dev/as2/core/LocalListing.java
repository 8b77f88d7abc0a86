package dev.as2.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Walks a root for the first keys with a prefix. Holds as many paths as are asked for. Enters no
 * folder through a symbolic link; leaves out what has a name that no {@link FilePath} can have.
 */
final class LocalListing extends SimpleFileVisitor<Path> {
  private static final Comparator<FilePath> BY_OCTETS =
      Comparator.comparing(
          path -> path.key().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final LocalRoot root;
  private final String bucket;
  private final String prefix;
  private final int limit;
  private final TreeSet<FilePath> first = new TreeSet<>(BY_OCTETS);

  private LocalListing(LocalRoot root, String bucket, String prefix, int limit) {
    this.root = root;
    this.bucket = bucket;
    this.prefix = prefix;
    this.limit = limit;
  }

  static Collection<FilePath> of(LocalRoot root, String bucket, String prefix, int limit)
      throws IOException {
    if (limit < 0) {
      throw new IllegalArgumentException("limit < 0: " + limit);
    }
    LocalListing listing = new LocalListing(root, bucket, prefix, limit);
    try {
      Files.walkFileTree(root.folder(), listing);
    } catch (IOException e) {
      throw LocalFaults.of(e, "list", new FilePath(bucket, "*"));
    }
    return listing.first;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    String key = folder.equals(root.folder()) ? "" : key(folder) + "/";
    return key.startsWith(prefix) || prefix.startsWith(key)
        ? FileVisitResult.CONTINUE
        : FileVisitResult.SKIP_SUBTREE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (key(file).startsWith(prefix) && !LocalTemporaryFile.isOne(file)) {
      Optional<FilePath> path = path(file);
      if (path.isPresent() && isFile(path.get(), attributes)) {
        first.add(path.get());
        if (first.size() > limit) {
          first.pollLast();
        }
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
    if (fault instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE; // removed since its folder was read
    }
    throw fault;
  }

  private boolean isFile(FilePath path, BasicFileAttributes attributes) throws IOException {
    if (!attributes.isSymbolicLink()) {
      return attributes.isRegularFile();
    }
    try {
      return root.locate(path).filter(Files::isRegularFile).isPresent();
    } catch (As2Exception e) {
      return false; // leads outside: it is not in the bucket
    }
  }

  private Optional<FilePath> path(Path file) {
    try {
      return Optional.of(new FilePath(bucket, key(file)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String key(Path file) {
    return StreamSupport.stream(root.folder().relativize(file).spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }
}
