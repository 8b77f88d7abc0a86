package dev.as2.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.Limits;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock of its own, and a socket that takes as much as the test says. */
final class FlowTest {
  private static final int LIMIT_SECONDS = 8;

  private final Flow flow = new Flow();
  private final List<Long> tooSlow = new ArrayList<>();
  private final Socket socket = new Socket(flow);

  private static final class Socket extends EmbeddedChannel {
    private int room;

    Socket(Flow flow) {
      super(flow);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) {
      long some = Math.min(room, waiting.totalPendingWriteBytes());
      room -= (int) some;
      waiting.removeBytes(some);
    }
  }

  @BeforeEach
  void watch() {
    socket.freezeTime();
    flow.watch(Duration.ofSeconds(LIMIT_SECONDS), tooSlow::add);
  }

  @AfterEach
  void free() {
    socket.room = Integer.MAX_VALUE;
    socket.flush();
    socket.close();
  }

  private void write(int bytes) {
    socket.writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
  }

  private void pass(int seconds, int bytesPerSecond) {
    for (int i = 0; i < seconds; i++) {
      socket.room = bytesPerSecond;
      socket.flush();
      socket.advanceTimeBy(1, TimeUnit.SECONDS);
      socket.runScheduledPendingTasks();
    }
  }

  @Test
  void blamesAPartnerThatTakesAFewBytesNowAndThen() {
    write(1 << 20);
    pass(60, 1_000);
    assertThat(tooSlow).containsExactly(LIMIT_SECONDS * 1_000L);
  }

  @Test
  void countsBytesAndNotWrites() {
    for (int i = 0; i < 2_000; i++) {
      write(100);
    }
    pass(60, 1_000);
    assertThat(tooSlow).containsExactly(LIMIT_SECONDS * 1_000L);
  }

  @Test
  void blamesAPartnerThatWasQuickAndStops() {
    write(8 << 20);
    pass(5, 1 << 20);
    pass(LIMIT_SECONDS - 1, 0);
    assertThat(tooSlow).isEmpty();
    pass(2, 0);
    assertThat(tooSlow).containsExactly(0L);
  }

  @Test
  void bearsAPartnerThatIsJustQuickEnough() {
    write(1 << 20);
    pass(100, Limits.SLOWEST_BYTES_PER_SECOND);
    assertThat(tooSlow).isEmpty();
  }

  @Test
  void bearsAPartnerThatHasNothingToRead() {
    for (int i = 0; i < 20; i++) {
      write(10);
      pass(5, 10);
    }
    assertThat(tooSlow).isEmpty();
  }
}
