package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.as2.mime.CoresTest.Busy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 1950, in blocks on several cores. */
@Timeout(600)
class ZlibOutputTest {
  private static final int BLOCK = ZlibBlock.BLOCK_BYTES;

  /** Nothing, little, around the window, and around the ends of blocks. */
  private static final List<Integer> SIZES =
      Stream.concat(
              Stream.of(0, 1, 100, 8_192, 8_193, 32_767, 32_768, 32_769, 5 * BLOCK, 7 * BLOCK + 9),
              IntStream.rangeClosed(1, 3)
                  .boxed()
                  .flatMap(n -> Stream.of(n * BLOCK - 1, n * BLOCK, n * BLOCK + 1)))
          .toList();

  private static byte[] zlib(byte[] content, int level, Cores cores) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZlibOutput zlib = new ZlibOutput(out, level, cores)) {
      zlib.write(content);
      zlib.finish();
    }
    return out.toByteArray();
  }

  /** What one Deflater makes of it. */
  private static byte[] byOne(byte[] content, int level) {
    Deflater deflater = new Deflater(level);
    deflater.setInput(content);
    deflater.finish();
    byte[] deflated = new byte[content.length * 2 + 100];
    int length = deflater.deflate(deflated);
    deflater.end();
    return Arrays.copyOf(deflated, length);
  }

  private static byte[] inflated(byte[] zlib) throws IOException {
    return new InflaterInputStream(new ByteArrayInputStream(zlib)).readAllBytes();
  }

  @ParameterizedTest
  @EnumSource
  void isOpenedByOthers(ZlibContent content) throws IOException {
    for (int size : SIZES) {
      byte[] octets = content.octets(size);
      for (int level : new int[] {1, 4, 6, 9}) {
        byte[] zlib = zlib(octets, level, Cores.SHARED);
        assertThat(inflated(zlib))
            .as("by the JDK, %d octets, level %d", size, level)
            .isEqualTo(octets);
        try (InputStream in =
            new com.jcraft.jzlib.InflaterInputStream(new ByteArrayInputStream(zlib))) {
          assertThat(in.readAllBytes())
              .as("by jzlib, %d octets, level %d", size, level)
              .isEqualTo(octets);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void isThatOfOneDeflaterWhereOneBlockIsEnough(int level) throws IOException {
    for (int size : new int[] {0, 1, 4_096, 50_000, BLOCK}) {
      byte[] octets = ZlibContent.EDI.octets(size);
      assertThat(zlib(octets, level, Cores.SHARED)).isEqualTo(byOne(octets, level));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void isHardlyLargerThanThatOfOneDeflater(int level) throws IOException {
    byte[] octets = ZlibContent.EDI.octets(2 << 20);
    int one = byOne(octets, level).length;
    assertThat(zlib(octets, level, Cores.SHARED))
        .hasSizeBetween(one * 98 / 100, one * 1_005 / 1_000);
  }

  @ParameterizedTest
  @EnumSource
  void hasTheSameOctetsOnAnyNumberOfCores(ZlibContent content) throws IOException {
    byte[] octets = content.octets(9 * BLOCK + 77);
    byte[] alone = zlib(octets, 5, new Cores(0));
    for (int helpers : new int[] {1, 2, 8}) {
      Cores cores = new Cores(helpers);
      assertThat(zlib(octets, 5, cores)).as("%d helpers", helpers).isEqualTo(alone);
      try (Busy busy = Busy.all(cores)) {
        assertThat(busy.works()).hasSize(helpers);
        assertThat(zlib(octets, 5, cores)).as("%d busy helpers", helpers).isEqualTo(alone);
      }
    }
  }

  @Test
  void hasTheSameOctetsHoweverTheyAreWritten() throws IOException {
    byte[] octets = ZlibContent.EDI.octets(3 * BLOCK + 1);
    Random random = new Random(3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZlibOutput zlib = new ZlibOutput(out, 6, new Cores(2))) {
      for (int done = 0; done < octets.length; ) {
        int n = Math.min(random.nextInt(3) == 0 ? 1 : random.nextInt(70_000), octets.length - done);
        if (n == 1) {
          zlib.write(octets[done]);
        } else {
          zlib.write(octets, done, n);
        }
        done += n;
      }
      zlib.finish();
    }
    assertThat(out.toByteArray()).isEqualTo(zlib(octets, 6, new Cores(0)));
  }

  @Test
  void goesOnWithManyMessagesAtOnce() throws Exception {
    byte[] octets = ZlibContent.EDI.octets(1 << 20);
    byte[] expected = zlib(octets, 1, new Cores(0));
    Cores cores = new Cores(2);
    ExecutorService writers = Executors.newFixedThreadPool(64);
    try {
      List<CompletableFuture<byte[]>> messages = new ArrayList<>();
      for (int i = 0; i < 192; i++) {
        messages.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return zlib(octets, 1, cores);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                },
                writers));
      }
      for (CompletableFuture<byte[]> message : messages) {
        assertThat(message.join()).isEqualTo(expected);
      }
    } finally {
      writers.shutdown();
    }
    assertThatNothingRunsIn(cores);
  }

  @Test
  void leavesNothingWholeAndNothingRunningWhereItsOutputBreaks() throws IOException {
    byte[] octets = ZlibContent.EDI.octets(10 * BLOCK);
    Cores cores = new Cores(3);
    int whole = zlib(octets, 6, cores).length;
    Random random = new Random(4);
    for (int i = 0; i < 40; i++) {
      BreakingOutput out = new BreakingOutput(i == 0 ? whole - 1 : random.nextInt(whole));
      ZlibOutput zlib = new ZlibOutput(out, 6, cores);
      assertThatThrownBy(
              () -> {
                try (zlib) {
                  zlib.write(octets);
                  zlib.finish();
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessage("the output broke");
      assertThatNothingRunsIn(cores);
      assertThatThrownBy(() -> inflated(out.written.toByteArray())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void leavesNothingWholeAndNothingRunningWhereItsSourceBreaks() {
    byte[] body = ZlibContent.EDI.octets(10 * BLOCK);
    Cores cores = new Cores(3);
    for (int after : new int[] {0, 1, BLOCK, 3 * BLOCK, 6 * BLOCK + 1, 10 * BLOCK - 1}) {
      byte[] written =
          Entities.bodyUntilItBreaks(
              new CompressedEntity(Entities.breaking(body, after), 6, cores));
      assertThatNothingRunsIn(cores);
      assertThatThrownBy(() ->
              CompressedInput.open(new ByteArrayInputStream(written), 1_000, 1 << 20)
                  .readAllBytes())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void leavesAnInterruptToWhomItConcerns() throws IOException {
    byte[] octets = ZlibContent.EDI.octets(10 * BLOCK);
    Cores cores = new Cores(2);
    byte[] expected = zlib(octets, 9, cores);
    Thread.currentThread().interrupt();
    byte[] written = zlib(octets, 9, cores);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(written).isEqualTo(expected);
  }

  @Test
  void holdsNoMoreThanItSays() {
    long zlibState = 256 << 10;
    assertThat(ZlibOutput.MOST_BLOCKS * ZlibBlock.MOST_BYTES + zlibState).isLessThan(2 << 20);
  }

  @Test
  void allocatesNoMoreForALongContentThanForAShortOne() throws IOException {
    byte[] octets = ZlibContent.EDI.octets(1 << 20);
    long few = allocatedFor(octets, 2);
    long many = allocatedFor(octets, 32);
    assertThat(few).isLessThan(2 << 20);
    assertThat(many).isLessThan(few + (64 << 10));
  }

  private static long allocatedFor(byte[] octets, int times) throws IOException {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (ZlibOutput zlib = new ZlibOutput(OutputStream.nullOutputStream(), 1, new Cores(0))) {
      for (int i = 0; i < times; i++) {
        zlib.write(octets);
      }
      zlib.finish();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void assertThatNothingRunsIn(Cores cores) {
    try (Busy busy = Busy.all(cores)) {
      assertThat(busy.works()).hasSize(cores.helpers());
    }
  }

  /** Takes some octets, and then fails. */
  private static final class BreakingOutput extends OutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final int most;

    BreakingOutput(int most) {
      this.most = most;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      int n = Math.min(length, most - written.size());
      written.write(octets, offset, n);
      if (n < length) {
        throw new IOException("the output broke");
      }
    }
  }
}
