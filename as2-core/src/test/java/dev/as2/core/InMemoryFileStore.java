package dev.as2.core;

import dev.as2.mime.Content;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory, which can be told to fail: on every call that a predicate picks, or on the
 * n-th call of all.
 *
 * <p>A call that is told to fail does nothing else. Each read of an opened stream is a call, too.
 * Safe for use by several threads.
 */
public final class InMemoryFileStore implements FileStore {
  /** What a call asks for. */
  public enum Operation {
    STAT,
    OPEN,
    READ,
    WRITE,
    WRITE_IF_ABSENT,
    DELETE,
    LIST
  }

  /** One call, as it was made; for {@code LIST} the key is the prefix and a {@code *}. */
  public record Call(Operation operation, FilePath path) {}

  private record Entry(StoredFile file, byte[] octets) {}

  private record Fault(Operation operation, Predicate<FilePath> paths, IOException exception) {}

  private final Set<String> buckets;
  private final Map<FilePath, Entry> entries = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private int failingCall = -1;
  private @Nullable IOException failure;
  private long versions;

  public InMemoryFileStore(String... buckets) {
    this.buckets = Set.of(buckets);
  }

  /** From now on {@code operation} fails wherever {@code paths} holds, until {@link #heal}. */
  public synchronized void failOn(
      Operation operation, Predicate<FilePath> paths, IOException exception) {
    faults.add(new Fault(operation, paths, exception));
  }

  /** The call number {@code index}, 0 being the first since this store was made, fails. */
  public synchronized void failCall(int index, IOException exception) {
    failingCall = index;
    failure = exception;
  }

  /** From now on nothing fails any more. */
  public synchronized void heal() {
    faults.clear();
    failure = null;
  }

  /** The calls so far, with those that failed. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized StoredFile stat(FilePath path) throws IOException {
    called(Operation.STAT, path);
    return existing(path).file();
  }

  @Override
  public synchronized InputStream open(StoredFile file, long offset) throws IOException {
    if (offset < 0 || offset > file.length()) {
      throw new IllegalArgumentException("offset " + offset + " of " + file.length() + " bytes");
    }
    called(Operation.OPEN, file.path());
    Entry entry = existing(file.path());
    if (!entry.file().version().equals(file.version())) {
      throw new As2Exception(FailureCode.SOURCE_CHANGED, file.path() + " has changed");
    }
    byte[] wanted = Arrays.copyOfRange(entry.octets(), (int) offset, entry.octets().length);
    return new FilterInputStream(new ByteArrayInputStream(wanted)) {
      @Override
      public int read() throws IOException {
        called(Operation.READ, file.path());
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        called(Operation.READ, file.path());
        return super.read(bytes, from, length);
      }
    };
  }

  @Override
  public void write(FilePath path, Content content, String contentType) throws IOException {
    called(Operation.WRITE, path);
    put(path, octets(content), contentType);
  }

  @Override
  public boolean writeIfAbsent(FilePath path, Content content, String contentType)
      throws IOException {
    called(Operation.WRITE_IF_ABSENT, path);
    byte[] octets = octets(content);
    synchronized (this) {
      if (entries.containsKey(path)) {
        return false;
      }
      put(path, octets, contentType);
      return true;
    }
  }

  @Override
  public synchronized void delete(FilePath path) throws IOException {
    called(Operation.DELETE, path);
    entries.remove(path);
  }

  @Override
  public synchronized List<StoredFile> list(String bucket, String prefix, int limit)
      throws IOException {
    called(Operation.LIST, new FilePath(bucket, prefix + "*"));
    return entries.values().stream()
        .map(Entry::file)
        .filter(file -> file.path().bucket().equals(bucket))
        .filter(file -> file.path().key().startsWith(prefix))
        .sorted(
            Comparator.comparing(file -> file.path().key().codePoints().toArray(), Arrays::compare))
        .limit(limit)
        .toList();
  }

  private synchronized void called(Operation operation, FilePath path) throws IOException {
    calls.add(new Call(operation, path));
    IOException now = failure;
    if (now != null && calls.size() - 1 == failingCall) {
      throw now;
    }
    for (Fault fault : faults) {
      if (fault.operation() == operation && fault.paths().test(path)) {
        throw fault.exception();
      }
    }
    if (!buckets.contains(path.bucket())) {
      throw new As2Exception(FailureCode.PATH_NOT_FOUND, "there is no bucket " + path.bucket());
    }
  }

  private Entry existing(FilePath path) throws IOException {
    Entry entry = entries.get(path);
    if (entry == null) {
      throw new As2Exception(FailureCode.SEND_FILE_NOT_FOUND, "there is no file " + path);
    }
    return entry;
  }

  private synchronized void put(FilePath path, byte[] octets, String contentType) {
    String version = "v" + ++versions;
    Optional<String> type = Optional.of(contentType);
    StoredFile file = new StoredFile(path, octets.length, version, Instant.now(), type);
    entries.put(path, new Entry(file, octets));
  }

  private static byte[] octets(Content content) throws IOException {
    try (InputStream in = content.open()) {
      return in.readAllBytes();
    }
  }
}
