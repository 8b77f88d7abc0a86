package dev.as2.daemon;

import dev.as2.core.FilePath;
import dev.as2.core.LocalFileStore;
import dev.as2.daemon.stores.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells files of this machine from those in buckets, among the paths of a command line.
 *
 * <p>What begins with {@code ./}, {@code ../} or {@code file:} is a local file. Anything else is in
 * the bucket that {@code stores.json} names; where it names none such, it is the local file of that
 * path if there is one, and otherwise in the store of all other buckets. The topmost folder of a
 * local file becomes its bucket, so that its path reads the same everywhere. Not safe for use by
 * several threads.
 */
final class LocalPaths {
  /** Where the topmost folder cannot be the bucket, the root is. No bucket of S3 is called so. */
  private static final String BUCKET = "file:";

  private static final Path ROOT = Path.of("/");

  private final Stores stores;
  private final Optional<IOException> fault;
  private final Map<String, Path> roots = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  private LocalPaths(Stores stores, Optional<IOException> fault) {
    this.stores = stores;
    this.fault = fault;
  }

  /** Reads {@code stores.json}; what is wrong with it is told when a path needs it. */
  static LocalPaths beside(LazyStores reading) {
    try {
      return new LocalPaths(reading.read(), Optional.empty());
    } catch (IOException e) {
      return new LocalPaths(new Stores(Map.of()), Optional.of(e));
    }
  }

  /** Reads the stores that are configured. */
  @FunctionalInterface
  interface LazyStores {
    Stores read() throws IOException;
  }

  /**
   * Reads an argument of the command line.
   *
   * @throws IllegalArgumentException where it is no path, a folder, or nowhere
   */
  FilePath parse(String argument) throws IOException {
    if (argument.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("path has a control character");
    }
    boolean isUrl = argument.startsWith(BUCKET);
    String name = isUrl ? argument.substring(BUCKET.length()) : argument;
    Path file = Path.of(name).toAbsolutePath().normalize();
    if (isUrl || argument.startsWith("./") || argument.startsWith("../")) {
      refuseFolder(file, name);
      return local(file);
    }
    String bucket = bucket(argument);
    if (!stores.names(bucket)) {
      if (Files.isRegularFile(file)) {
        return local(file);
      } else if (fault.isPresent()) {
        throw fault.get();
      }
      refuseFolder(file, name);
      refuseNowhere(bucket, argument);
    }
    return FilePath.parse(argument);
  }

  /** The first of several segments; empty where there is but one. */
  private static String bucket(String argument) {
    String relative = argument.startsWith("/") ? argument.substring(1) : argument;
    return relative.substring(0, Math.max(0, relative.indexOf('/')));
  }

  private static void refuseFolder(Path file, String name) {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(name + " is a folder, not a file");
    }
  }

  private void refuseNowhere(String bucket, String argument) {
    if (bucket.isEmpty() || !stores.has(bucket)) {
      throw new IllegalArgumentException(
          argument + " is neither a local file nor in a bucket of stores.json");
    }
    if (argument.startsWith("/") && Files.isDirectory(ROOT.resolve(bucket))) {
      notes.add(argument + " is no local file; it is taken to be in the bucket " + bucket + ".");
    }
  }

  private FilePath local(Path file) {
    String top = file.getName(0).toString();
    boolean isPlain =
        file.getNameCount() > 1 && !stores.names(top) && staysBelow(ROOT.resolve(top), file);
    String bucket = isPlain ? top : BUCKET;
    Path root = isPlain ? ROOT.resolve(top) : ROOT;
    roots.put(bucket, root);
    return new FilePath(bucket, root.relativize(file).toString());
  }

  /** Whether no symbolic link leads elsewhere, which a store refuses. */
  private static boolean staysBelow(Path root, Path file) {
    try {
      Path existing = Files.exists(file) ? file : file.resolveSibling(".");
      return existing.toRealPath().startsWith(root.toRealPath());
    } catch (IOException e) { // then the store says what is wrong
      return false;
    }
  }

  /** The stores of all paths read so far. */
  Stores stores() {
    Stores all = stores;
    for (String bucket : roots.keySet()) {
      all = all.plus(bucket, LocalFileStore.of(roots));
    }
    return all;
  }

  /** What may surprise about the paths read so far, a sentence each. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** A path as a user writes it. */
  static String shown(FilePath path) {
    return shown(path.toString());
  }

  /** A sentence with its paths as a user writes them. */
  static String shown(String sentence) {
    return sentence.replace("/" + BUCKET + "/", "/");
  }
}
