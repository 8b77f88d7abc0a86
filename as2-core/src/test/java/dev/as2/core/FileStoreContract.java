package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.as2.mime.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of {@link FileStore}, each as a test: every store's test class inherits them. */
public abstract class FileStoreContract {
  private static final String TEXT = "application/edi-x12";

  /** The store under test. */
  protected abstract FileStore store();

  /** A bucket that exists and is empty when a test begins. */
  protected abstract String bucket();

  /** What the store keeps of a content type: as it is, where a subclass does not say otherwise. */
  protected Optional<String> kept(String contentType) {
    return Optional.of(contentType);
  }

  /** What comes of eight writers of one absent file: exactly one wins where a store is atomic. */
  protected void assertOnlyOneWins(long winners) {
    assertThat(winners).isEqualTo(1);
  }

  /** What a reader got of a file that was replaced meanwhile, having begun: all of the old one. */
  protected void assertIsAllOf(byte[] old, byte[] read) {
    assertThat(Arrays.equals(old, read)).as("all of the pinned version was read").isTrue();
  }

  /** What is listed after writes of {@code file} and of others broke off: that file alone. */
  protected void assertLeftBehind(String file, List<String> keys) {
    assertThat(keys).containsExactly(file);
  }

  /** What comes of a delete in a bucket that is not there: its name is wrong, and that is said. */
  protected void assertDeleteInAMissingBucket(FilePath path) throws IOException {
    assertFails(FailureCode.PATH_NOT_FOUND, () -> store().delete(path));
  }

  /** In which order these keys are listed: in that of their UTF-8 octets. */
  protected List<String> ordered(List<String> keysByOctets) {
    return keysByOctets;
  }

  /** Why the store does not take a key that S3 would take, where that is so. */
  protected Optional<FailureCode> refusal(String key) {
    return Optional.empty();
  }

  /** A place in the bucket under test. */
  protected final FilePath path(String key) {
    return new FilePath(bucket(), key);
  }

  /** Octets that differ from each other, the same for the same length and seed. */
  public static byte[] octets(int length, long seed) {
    byte[] octets = new byte[length];
    new SplittableRandom(seed).nextBytes(octets);
    return octets;
  }

  /** Checks that {@code call} fails for the reason {@code code}, in one line that names no type. */
  public static void assertFails(FailureCode code, ThrowingCallable call) {
    assertThatExceptionOfType(As2Exception.class)
        .isThrownBy(call)
        .satisfies(e -> {
          assertThat(e.code()).isEqualTo(code);
          assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("Exception");
        });
  }

  /** Writes a file and describes it. */
  protected final StoredFile put(String key, byte[] octets) throws IOException {
    store().write(path(key), Content.of(octets), TEXT);
    return store().stat(path(key));
  }

  private byte[] read(StoredFile file, long offset) throws IOException {
    try (InputStream in = store().open(file, offset)) {
      return in.readAllBytes();
    }
  }

  private byte[] contentOf(String key) throws IOException {
    return read(store().stat(path(key)), 0);
  }

  private List<String> keys(String prefix, int limit) throws IOException {
    return store().list(bucket(), prefix, limit).stream().map(file -> file.path().key()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 70_000, 9 << 20})
  void givesBackExactlyWhatWasWritten(int length) throws IOException {
    byte[] octets = octets(length, 1);
    StoredFile file = put("orders.edi", octets);
    assertThat(file.length()).isEqualTo(length);
    assertThat(read(file, 0)).isEqualTo(octets);
  }

  @Test
  void describesAFile() throws IOException {
    StoredFile file = put("in/orders.edi", octets(70_000, 1));
    assertThat(file.path()).isEqualTo(path("in/orders.edi"));
    assertThat(file.version()).isNotEmpty().isEqualTo(store().stat(file.path()).version());
    assertThat(Duration.between(file.modified(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(2));
    assertThat(file.contentType()).isEqualTo(kept(TEXT));
  }

  @Test
  void hasNoFileThatWasNotWritten() throws IOException {
    put("in/orders.edi", octets(1, 1));
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store().stat(path("in/other.edi")));
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store().stat(path("in")));
  }

  @Test
  void namesAMissingBucket() throws IOException {
    FilePath nowhere = new FilePath("no-such-bucket", "orders.edi");
    String version = put("orders.edi", octets(1, 1)).version();
    StoredFile file = new StoredFile(nowhere, 1, version, Instant.EPOCH, Optional.empty());
    Content content = Content.of(octets(1, 1));
    assertFails(FailureCode.PATH_NOT_FOUND, () -> store().stat(nowhere));
    assertFails(FailureCode.PATH_NOT_FOUND, () -> store().open(file, 0));
    assertFails(FailureCode.PATH_NOT_FOUND, () -> store().write(nowhere, content, TEXT));
    assertFails(FailureCode.PATH_NOT_FOUND, () -> store().writeIfAbsent(nowhere, content, TEXT));
    assertDeleteInAMissingBucket(nowhere);
    assertFails(FailureCode.PATH_NOT_FOUND, () -> store().list("no-such-bucket", "", 10));
  }

  @Test
  void opensAtAnOffset() throws IOException {
    byte[] octets = octets(70_000, 1);
    StoredFile file = put("orders.edi", octets);
    assertThat(read(file, 0)).isEqualTo(octets);
    assertThat(read(file, 1)).isEqualTo(Arrays.copyOfRange(octets, 1, octets.length));
    assertThat(read(file, 35_000)).isEqualTo(Arrays.copyOfRange(octets, 35_000, octets.length));
    assertThat(read(file, 69_999)).isEqualTo(Arrays.copyOfRange(octets, 69_999, octets.length));
    assertThat(read(file, 70_000)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 70_001})
  void refusesAnOffsetOutsideTheFile(long offset) throws IOException {
    StoredFile file = put("orders.edi", octets(70_000, 1));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> store().open(file, offset));
  }

  @Test
  void readsByteByByteToo() throws IOException {
    byte[] octets = octets(300, 1);
    try (InputStream in = store().open(put("orders.edi", octets), 0)) {
      for (byte octet : octets) {
        assertThat(in.read()).isEqualTo(octet & 0xFF);
      }
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 35_000, 70_000})
  void doesNotOpenAFileThatWasReplacedSinceItWasDescribed(long offset) throws IOException {
    StoredFile file = put("orders.edi", octets(70_000, 1));
    put("orders.edi", octets(70_000, 2));
    assertFails(FailureCode.SOURCE_CHANGED, () -> read(file, offset));
  }

  @Test
  void doesNotOpenAFileThatWasRemovedSinceItWasDescribed() throws IOException {
    StoredFile file = put("orders.edi", octets(70_000, 1));
    store().delete(file.path());
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> read(file, 0));
  }

  @Test
  void describesAVersionThatAListingGaveUntilTheFileBecomesAnother() throws IOException {
    FilePath path = path("orders.edi");
    store().write(path, Content.of(octets(10, 1)), TEXT);
    StoredFile listed = store().list(bucket(), "", 10).get(0);

    assertThat(store().stat(path, listed.version())).isEqualTo(store().stat(path));

    store().write(path, Content.of(octets(20, 2)), TEXT);
    assertFails(FailureCode.SOURCE_CHANGED, () -> store().stat(path, listed.version()));
    store().delete(path);
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store().stat(path, listed.version()));
  }

  @Test
  void neverMixesVersionsWhenAFileIsReplacedWhileItIsRead() throws IOException {
    byte[] octets = octets(9 << 20, 1);
    StoredFile file = put("orders.edi", octets);
    try (InputStream in = store().open(file, 0)) {
      byte[] head = in.readNBytes(64 << 10);
      put("orders.edi", octets(9 << 20, 2));
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      read.write(head);
      in.transferTo(read);
      assertIsAllOf(octets, read.toByteArray());
    } catch (As2Exception e) {
      assertThat(e.code()).isEqualTo(FailureCode.SOURCE_CHANGED);
    }
  }

  @Test
  void maySafelyBeClosedEarly() throws IOException {
    byte[] octets = octets(9 << 20, 1);
    StoredFile file = put("orders.edi", octets);
    try (InputStream in = store().open(file, 0)) {
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(octets, 10));
    }
    assertThat(read(file, 0)).isEqualTo(octets);
  }

  @Test
  void overwritesAFile() throws IOException {
    StoredFile old = put("orders.edi", octets(70_000, 1));
    StoredFile now = put("orders.edi", octets(10, 2));
    assertThat(now.version()).isNotEqualTo(old.version());
    assertThat(read(now, 0)).isEqualTo(octets(10, 2));
  }

  @Test
  void writesTheSameTwiceWithoutHarm() throws IOException {
    put("out/orders.json", octets(100, 1));
    put("out/orders.json", octets(100, 1));
    assertThat(contentOf("out/orders.json")).isEqualTo(octets(100, 1));
    assertThat(keys("", 10)).containsExactly("out/orders.json");
  }

  @Test
  void makesTheFoldersOfAPath() throws IOException {
    put("a/b/c/orders.edi", octets(10, 1));
    assertThat(contentOf("a/b/c/orders.edi")).isEqualTo(octets(10, 1));
  }

  @Test
  void keepsTheOldStateWhereTheNewContentBreaksOff() throws IOException {
    put("orders.edi", octets(10, 1));
    Content broken = new BrokenContent(300_000, octets(200_000, 3));
    assertThatIOException().isThrownBy(() -> store().write(path("orders.edi"), broken, TEXT));
    assertThatIOException().isThrownBy(() -> store().write(path("other.edi"), broken, TEXT));
    assertThatIOException()
        .isThrownBy(() -> store().writeIfAbsent(path("other.edi"), broken, TEXT));
    assertThat(contentOf("orders.edi")).isEqualTo(octets(10, 1));
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store().stat(path("other.edi")));
    assertLeftBehind("orders.edi", keys("", 100));
  }

  @Test
  void saysWhyTheNewContentBrokeOff() throws IOException {
    Content changed = new BrokenContent(300_000, octets(200_000, 3));
    assertFails(FailureCode.SOURCE_CHANGED, () -> store().write(path("orders.edi"), changed, TEXT));
  }

  @Test
  void writesWhereNothingIsYet() throws IOException {
    Content first = Content.of(octets(10, 1));
    Content second = Content.of(octets(10, 2));
    assertThat(store().writeIfAbsent(path("a/orders.edi"), first, TEXT)).isTrue();
    assertThat(store().writeIfAbsent(path("a/orders.edi"), second, TEXT)).isFalse();
    assertThat(contentOf("a/orders.edi")).isEqualTo(octets(10, 1));
    assertThat(store().stat(path("a/orders.edi")).contentType()).isEqualTo(kept(TEXT));
    assertThat(keys("", 10)).containsExactly("a/orders.edi");
  }

  @Test
  void letsOneOfEightWritersOfAnAbsentFileWin() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> results =
          IntStream.range(0, 8)
              .mapToObj(seed -> threads.submit(() -> writeOnce(start, seed)))
              .toList();
      start.countDown();
      long winners = 0;
      for (Future<Boolean> result : results) {
        winners += result.get() ? 1 : 0;
      }
      assertOnlyOneWins(winners);
      byte[] stored = contentOf("claim.json");
      assertThat(IntStream.range(0, 8).mapToObj(seed -> octets(70_000, seed)))
          .anyMatch(octets -> Arrays.equals(octets, stored));
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean writeOnce(CountDownLatch start, int seed) throws Exception {
    start.await();
    return store().writeIfAbsent(path("claim.json"), Content.of(octets(70_000, seed)), TEXT);
  }

  @Test
  void deletesAFileAndMindsNoneThatIsAbsent() throws IOException {
    put("in/orders.edi", octets(10, 1));
    store().delete(path("in/orders.edi"));
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store().stat(path("in/orders.edi")));
    store().delete(path("in/orders.edi"));
    store().delete(path("never/was.edi"));
    assertThat(keys("", 10)).isEmpty();
  }

  @Test
  void listsByPrefixInTheOrderOfKeys() throws IOException {
    for (String key : List.of("in/b.edi", "in/a/1.edi", "in/a.edi", "inn.edi", "out/a.edi")) {
      put(key, octets(10, 1));
    }
    assertThat(keys("in/", 10)).containsExactly("in/a.edi", "in/a/1.edi", "in/b.edi");
    assertThat(keys("in", 10)).containsExactly("in/a.edi", "in/a/1.edi", "in/b.edi", "inn.edi");
    assertThat(keys("in/a", 10)).containsExactly("in/a.edi", "in/a/1.edi");
    assertThat(keys("nothing", 10)).isEmpty();
    assertThat(keys("", 10)).hasSize(5);
  }

  @Test
  void ordersKeysByTheirOctets() throws IOException {
    // UTF-16, which Java compares by, would put the fourth before the third.
    List<String> keys = List.of("Z.edi", "a.edi", "\uFF5E.edi", "\uD83D\uDE80.edi");
    for (String key : keys) {
      put(key, octets(1, 1));
    }
    assertThat(keys("", 10)).containsExactlyElementsOf(ordered(keys));
  }

  @Test
  void listsNoMoreThanAskedFor() throws IOException {
    for (String key : List.of("c.edi", "a.edi", "b.edi")) {
      put(key, octets(10, 1));
    }
    assertThat(keys("", 2)).containsExactly("a.edi", "b.edi");
    assertThat(keys("", 0)).isEmpty();
  }

  @Test
  void listsFilesThatCanBeOpened() throws IOException {
    byte[] octets = octets(70_000, 1);
    put("in/orders.edi", octets);
    StoredFile listed = store().list(bucket(), "in/", 10).get(0);
    assertThat(listed.length()).isEqualTo(70_000);
    assertThat(read(listed, 0)).isEqualTo(octets);
    put("in/orders.edi", octets(70_000, 2));
    assertFails(FailureCode.SOURCE_CHANGED, () -> read(listed, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two words.edi",
        "Bestellung für München.edi",
        "注文/発注書.edi",
        "a+b.edi",
        "100%.edi",
        "%2F%41.edi",
        "no#1.edi",
        "who?.edi",
        "a&b=c;d,e.edi",
        "quote'd \"name\".edi",
        "back\\slash.edi",
        ".hidden",
        "in (1)/[x]{y}~!@$^*.edi"
      })
  void keepsOddKeys(String key) throws IOException {
    if (refusal(key).isPresent()) {
      assertFails(refusal(key).get(), () -> put(key, octets(10, 1)));
      return;
    }
    assertThat(put(key, octets(10, 1)).path()).isEqualTo(path(key));
    assertThat(contentOf(key)).isEqualTo(octets(10, 1));
    assertThat(keys("", 10)).containsExactly(key);
    store().delete(path(key));
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store().stat(path(key)));
  }
}
