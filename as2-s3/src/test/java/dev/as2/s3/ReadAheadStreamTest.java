package dev.as2.s3;

import static dev.as2.core.FileStoreContract.assertFails;
import static dev.as2.core.FileStoreContract.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.as2.core.FailureCode;
import dev.as2.core.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large objects, on a server that answers each range as the test wants. */
@Timeout(60)
class ReadAheadStreamTest {
  private static final int PART = 10_000;
  private static final byte[] OBJECT = octets(20 * PART + 1, 1);

  /** Four parts ahead of each stream, eight of all streams. */
  private static S3FileStoreBuilder store(ObjectServer server) {
    return server
        .store()
        .readAheadFrom(2 * PART)
        .readAheadBelow(Long.MAX_VALUE)
        .partBytes(PART)
        .partsAhead(4)
        .readAheadBytes(8 * PART);
  }

  private static byte[] read(S3FileStore store, StoredFile file, long offset) throws IOException {
    try (InputStream in = store.open(file, offset)) {
      return in.readAllBytes();
    }
  }

  private static long part(int number) {
    return (long) number * PART;
  }

  private static String range(long from, long to) {
    return "bytes=" + from + "-" + (to - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "20000, 0",
    "19999, 0",
    "20001, 0",
    "50000, 0",
    "49999, 0",
    "50001, 0",
    "100000, 0",
    "50000, 1",
    "50000, 9999",
    "50000, 10000",
    "50000, 10001",
    "50000, 29999",
    "50000, 30000",
    "50000, 30001",
    "50000, 49999",
    "50000, 50000"
  })
  void givesAllBytesOfAnyLengthFromAnyOffset(int length, int offset) throws Exception {
    byte[] object = octets(length, 2);
    try (ObjectServer server = new ObjectServer(object);
        S3FileStore store = store(server).build();
        InputStream in = store.open(server.file(), offset)) {
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(object, offset, length));
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[10])).isEqualTo(-1);
    }
  }

  @Test
  void givesTheBytesSingly() throws Exception {
    byte[] object = octets(2 * PART, 2);
    try (ObjectServer server = new ObjectServer(object);
        S3FileStore store = store(server).build();
        InputStream in = store.open(server.file(), 0)) {
      for (byte octet : object) {
        assertThat(in.read()).isEqualTo(octet & 0xFF);
      }
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void asksOnceForASmallObject() throws Exception {
    byte[] object = octets(2 * PART - 1, 2);
    try (ObjectServer server = new ObjectServer(object);
        S3FileStore store = store(server).build()) {
      assertThat(read(store, server.file(), 0)).isEqualTo(object);
      assertThat(server.asked()).containsExactly("all");
    }
  }

  @Test
  void asksOnceWhereNothingMayBeReadAhead() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore none = store(server).partsAhead(0).build();
        S3FileStore noRoom = store(server).readAheadBytes(PART - 1).build()) {
      assertThat(read(none, server.file(), 0)).isEqualTo(OBJECT);
      assertThat(read(noRoom, server.file(), 0)).isEqualTo(OBJECT);
      assertThat(server.asked()).containsExactly("all", "all");
    }
  }

  @Test
  void readsOneConnectionWhereItIsFast() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).readAheadBelow(1).build()) {
      assertThat(read(store, server.file(), 0)).isEqualTo(OBJECT);
      assertThat(server.asked()).containsExactly(range(0, PART), "bytes=" + PART + "-");
    }
  }

  @Test
  void asksAnewFromTimeToTimeWhereThereIsNoRoom() throws Exception {
    byte[] object = octets(ReadAheadStream.STRETCH * PART + 1, 2);
    try (ObjectServer server = new ObjectServer(object);
        S3FileStore store = store(server).readAheadBytes(0).build()) {
      assertThat(read(store, server.file(), 0)).isEqualTo(object);
      long stretch = part(ReadAheadStream.STRETCH);
      assertThat(server.asked()).containsExactly(range(0, stretch), "bytes=" + stretch + "-");
    }
  }

  @Test
  void givesTheBytesInOrderWherePartsArriveInAnother() throws Exception {
    CountDownLatch fourth = new CountDownLatch(1);
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build()) {
      server.before(part(1), fourth::await);
      server.before(part(2), fourth::await);
      server.before(part(4), fourth::countDown);
      assertThat(read(store, server.file(), 0)).isEqualTo(OBJECT);
      assertThat(server.asked()).hasSize(21).doesNotHaveDuplicates();
    }
  }

  @Test
  void fetchesNoFurtherThanItMay() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build();
        InputStream in = store.open(server.file(), 0)) {
      assertThat(in.readNBytes(PART)).hasSize(PART);
      await().until(() -> server.asked().size() == 5);
      assertThat(server.asked())
          .containsExactlyInAnyOrder(
              range(0, PART),
              range(part(1), part(2)),
              range(part(2), part(3)),
              range(part(3), part(4)),
              range(part(4), part(5)));
      assertThat(in.readNBytes(PART + 1)).hasSize(PART + 1);
      await().until(() -> server.asked().contains(range(part(5), part(6))));
      assertThat(server.asked()).hasSize(6);
    }
  }

  @Test
  void storesThatShareReadAheadHaveTheBytesOfOne() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore first = store(server).readAheadBytes(4 * PART).build();
        InputStream in = first.open(server.file(), 0)) {
      assertThat(in.readNBytes(PART)).hasSize(PART);
      await().until(() -> server.asked().size() == 5); // all four places are taken
      try (S3FileStore second = server.store().readAheadOf(first).build()) {
        assertThat(read(second, server.file(), 0)).isEqualTo(OBJECT);
        assertThat(server.asked()).hasSize(6).endsWith("all");
      }
      assertThat(in.readAllBytes()).hasSize(OBJECT.length - PART);
    }
  }

  @Test
  void goesOnWhereTheConnectionOfAPartBroke() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build()) {
      server.cut(0, 1);
      server.cut(part(3), 1234);
      server.cut(part(20), 0);
      assertThat(read(store, server.file(), 0)).isEqualTo(OBJECT);
      assertThat(server.asked())
          .contains(range(1, part(1)), range(part(3) + 1234, part(4)))
          .hasSize(24);
    }
  }

  @Test
  void givesUpWhereTheConnectionOfAPartBreaksAgainAndAgain() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build();
        InputStream in = store.open(server.file(), 0)) {
      assertThat(in.readNBytes(1)).hasSize(1);
      for (int i = 0; i <= S3ObjectStream.MAX_RESUMPTIONS; i++) {
        server.cut(part(7) + i, 1);
      }
      assertThat(in.readNBytes(7 * PART - 1)).isEqualTo(Arrays.copyOfRange(OBJECT, 1, 7 * PART));
      assertFails(FailureCode.STORE_UNAVAILABLE, in::read);
      assertThatThrownBy(in::read)
          .hasMessage("Cannot read /bucket/orders.edi: the connection broke 11 times.");
    }
  }

  @Test
  void countsConnectionsThatBreakTogetherOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(15);
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).partsAhead(15).readAheadBytes(15 * PART).build()) {
      for (int number = 1; number <= 15; number++) {
        server.before(
            part(number),
            () -> {
              all.countDown();
              all.await();
            });
        server.cut(part(number), 1);
      }
      assertThat(read(store, server.file(), 0)).isEqualTo(OBJECT);
      assertThat(server.asked()).hasSize(21 + 15);
    }
  }

  @Test
  void saysThatTheFileChangedWhereItDoesBetweenParts() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build();
        InputStream in = store.open(server.file(), 0)) {
      server.before(part(7), () -> server.replace(octets(OBJECT.length, 2)));
      assertThat(in.readNBytes(4 * PART)).isEqualTo(Arrays.copyOf(OBJECT, 4 * PART));
      assertFails(FailureCode.SOURCE_CHANGED, in::readAllBytes);
    }
  }

  @Test
  void saysThatTheFileChangedWhereItGoesBetweenParts() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build();
        InputStream in = store.open(server.file(), 0)) {
      server.before(part(7), server::delete);
      assertThat(in.readNBytes(4 * PART)).isEqualTo(Arrays.copyOf(OBJECT, 4 * PART));
      assertFails(FailureCode.SOURCE_CHANGED, in::readAllBytes);
    }
  }

  @Test
  void saysOnOpeningWhatIsWrong() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build()) {
      StoredFile file = server.file();
      server.replace(OBJECT);
      assertFails(FailureCode.SOURCE_CHANGED, () -> store.open(file, 0));
      server.delete();
      assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store.open(file, 0));
      assertThat(server.asked()).containsExactly(range(0, PART), range(0, PART));
    }
  }

  @Test
  void readsAllOfAServerThatKnowsNoRanges() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build()) {
      server.forgetRanges();
      assertThat(read(store, server.file(), 0)).isEqualTo(OBJECT);
      assertThat(server.asked()).hasSize(1);
      assertThatThrownBy(() -> store.open(server.file(), 1))
          .hasMessage("Cannot read /bucket/orders.edi from byte 1: the server sends other bytes.");
    }
  }

  @Test
  void givesTheRoomBackWhereItIsClosedInTheMiddle() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).readAheadBytes(4 * PART).build()) {
      server.before(part(3), gate::await);
      InputStream in = store.open(server.file(), 0);
      int count = 2 * PART + 1; // then one part is being read, one stalls, two have come
      assertThat(in.readNBytes(count)).isEqualTo(Arrays.copyOf(OBJECT, count));
      await().until(() -> server.asked().size() == 6);
      assertThat(store.room()).isZero();
      in.close();
      in.close();
      assertThatThrownBy(in::read).hasMessage("the stream is closed");
      await().until(() -> store.room() == 3);
      gate.countDown();
      await().until(() -> store.room() == 4);
      assertThat(server.asked()).hasSize(6);
    }
  }

  @Test
  void keepsToTheRoomOfTheStoreWithManyStreamsAtOnce() throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(32);
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build()) {
      List<Future<byte[]>> read = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        read.add(readers.submit(() -> read(store, server.file(), 0)));
      }
      for (Future<byte[]> one : read) {
        assertThat(one.get()).isEqualTo(OBJECT);
      }
      assertThat(server.mostAtOnce()).isLessThanOrEqualTo(32 + 8);
      assertThat(store.room()).isEqualTo(8);
    } finally {
      readers.shutdownNow();
    }
  }

  @Test
  void tellsWhoReadsThatTheStoreWasClosed() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT)) {
      S3FileStore store = store(server).build();
      server.before(part(6), store::close);
      try (InputStream in = store.open(server.file(), 0)) {
        assertFails(FailureCode.STORE_UNAVAILABLE, in::readAllBytes);
        assertThatThrownBy(in::read)
            .hasMessage("Cannot read /bucket/orders.edi: the store has been closed.");
      }
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    try (ObjectServer server = new ObjectServer(OBJECT);
        S3FileStore store = store(server).build()) {
      assertThat(read(store, server.file(), 0)).isEqualTo(OBJECT);
    }
    await().until(() -> fetchingThreads() == 0);
  }

  private static long fetchingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("as2-s3-"))
        .peek(thread -> assertThat(thread.isDaemon()).isTrue())
        .count();
  }
}
