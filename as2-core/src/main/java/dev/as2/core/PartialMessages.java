package dev.as2.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The octets of messages that broke off, as they came, each a file of one folder of this machine:
 * another run finds them again. Their number, their size together and their age are bounded: where
 * there is no room, the one that was touched longest ago goes.
 *
 * <p>Safe for use by several threads; one folder is one process's.
 */
final class PartialMessages {
  private static final System.Logger LOG = System.getLogger(AgreementRuntime.class.getName());

  private static final String ENDING = ".partial";

  /** How long somebody waits for a message whose connection has just been cut. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Path folder;
  private final Clock clock;
  private final Bounds bounds;
  private final Map<String, Kept> all = new HashMap<>(); // this and all below: guarded by this
  private final Map<String, Whole> accepted = new LinkedHashMap<>();
  private long bytes;
  private boolean loaded;

  /**
   * How much is kept.
   *
   * @param messages how many at most
   * @param bytes how much of them together
   * @param age how long after they broke off
   */
  record Bounds(int messages, long bytes, Duration age) {
    static final Bounds DEFAULT =
        new Bounds(Limits.PARTIAL_MESSAGES, Limits.PARTIAL_BYTES, Limits.PARTIAL_AGE);
  }

  /**
   * Which message it is.
   *
   * @param from its AS2-From
   * @param to its AS2-To
   * @param tag its ETag
   */
  record Key(As2Id from, As2Id to, EntityTag tag) {
    /** A name of a file, whatever the partner has written. */
    private String fileName() {
      return TextDigest.of(from.value() + "\n" + to.value() + "\n" + tag.opaque()) + ENDING;
    }
  }

  /** What is remembered of a message that was accepted, whose answer may have been lost. */
  private record Whole(long bytes, Instant when) {}

  /** What is known of one file. */
  private static final class Kept {
    private long bytes;
    private Instant touched;
    private boolean inUse;

    private Kept(long bytes, Instant touched) {
      this.bytes = bytes;
      this.touched = touched;
    }
  }

  /**
   * @param folder is made when it is needed
   */
  PartialMessages(Path folder, Clock clock, Bounds bounds) {
    this.folder = folder;
    this.clock = clock;
    this.bounds = bounds;
  }

  /** How many octets are kept of this message; empty while it comes on another connection. */
  synchronized OptionalLong held(Key key) throws IOException {
    Optional<Kept> kept = find(key.fileName());
    return kept.filter(k -> k.inUse).isPresent()
        ? OptionalLong.empty()
        : OptionalLong.of(kept.map(k -> k.bytes).orElseGet(() -> whole(key.fileName())));
  }

  private synchronized long whole(String name) {
    Whole whole = accepted.get(name);
    return whole == null ? 0 : whole.bytes();
  }

  /** Takes a message for oneself until it is closed; empty while it comes on another connection. */
  synchronized Optional<PartialMessage> take(Key key) throws IOException {
    String name = key.fileName();
    Optional<Kept> kept = find(name);
    if (kept.filter(k -> k.inUse).isPresent()) {
      return Optional.empty();
    }
    while (kept.isEmpty() && all.size() >= bounds.messages() && forgetOldest()) {
      continue;
    }
    boolean room = kept.isPresent() || all.size() < bounds.messages();
    if (room) {
      all.computeIfAbsent(name, n -> new Kept(0, clock.instant())).inUse = true;
    }
    return Optional.of(
        new PartialMessage(
            this,
            folder.resolve(name),
            new PartialMessage.Before(kept.map(k -> k.bytes).orElse(0L), whole(name), room)));
  }

  /** Waits where it is in use: its connection may have been cut just now. */
  private Optional<Kept> find(String name) throws IOException {
    load();
    forgetOld();
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (long left = PATIENCE.toMillis(); left > 0 && isInUse(name); left = millisTo(until)) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a message was in use", e);
      }
    }
    return Optional.ofNullable(all.get(name));
  }

  private boolean isInUse(String name) {
    Kept kept = all.get(name);
    return kept != null && kept.inUse;
  }

  private static long millisTo(long nanoTime) {
    return (nanoTime - System.nanoTime()) / 1_000_000;
  }

  /** Whether so much more of a message in use may be kept; where it may, it counts from now on. */
  synchronized boolean grow(Path file, int more) {
    while (bytes + more > bounds.bytes() && forgetOldest()) {
      continue;
    }
    Kept kept = all.get(name(file));
    if (kept == null || bytes + more > bounds.bytes()) {
      return false;
    }
    kept.bytes += more;
    bytes += more;
    return true;
  }

  /** A message in use has only so much from now on. */
  synchronized void shrink(Path file, long to) {
    Kept kept = all.get(name(file));
    if (kept != null) {
      bytes -= kept.bytes - to;
      kept.bytes = to;
    }
  }

  /** A message in use was accepted, and need only be asked for its MDN from now on. */
  synchronized void accept(Path file, long length) {
    if (accepted.size() >= bounds.messages()) {
      accepted.remove(accepted.keySet().iterator().next());
    }
    accepted.put(name(file), new Whole(length, clock.instant()));
  }

  /** It is no longer in use. */
  synchronized void leave(Path file) throws IOException {
    Kept kept = all.get(name(file));
    notifyAll();
    if (kept == null) {
      return;
    }
    kept.inUse = false;
    kept.touched = clock.instant();
    if (kept.bytes == 0) {
      all.remove(name(file));
      Files.deleteIfExists(file);
    } else {
      Files.setLastModifiedTime(file, FileTime.from(kept.touched));
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private void load() throws IOException {
    if (loaded) {
      return;
    }
    makeFolder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> name(each).endsWith(ENDING)).toList()) {
        Kept kept = new Kept(Files.size(file), Files.getLastModifiedTime(file).toInstant());
        all.put(name(file), kept);
        bytes += kept.bytes;
      }
    }
    loaded = true;
  }

  /** What is in it may be in the clear. */
  private void makeFolder() throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  private void forgetOld() {
    Instant before = clock.instant().minus(bounds.age());
    List<String> old =
        all.entrySet().stream()
            .filter(each -> !each.getValue().inUse && each.getValue().touched.isBefore(before))
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(this::forget);
    accepted.values().removeIf(whole -> whole.when().isBefore(before));
  }

  private boolean forgetOldest() {
    Optional<String> oldest =
        all.entrySet().stream()
            .filter(each -> !each.getValue().inUse)
            .min(Comparator.comparing(each -> each.getValue().touched))
            .map(Map.Entry::getKey);
    oldest.ifPresent(this::forget);
    return oldest.isPresent();
  }

  private void forget(String name) {
    @Nullable Kept kept = all.remove(name);
    bytes -= kept == null ? 0 : kept.bytes;
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) { // it stays on the disk until another run looks
      LOG.log(System.Logger.Level.WARNING, "a broken-off message cannot be deleted", e);
    }
  }
}
