package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.PartialMessages.Bounds;
import dev.as2.core.PartialMessages.Key;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much is kept of messages that broke off, and for how long. */
class PartialMessagesTest {
  private static final Bounds BOUNDS = new Bounds(3, 1_000, Duration.ofHours(1));

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private PartialMessages all;

  /** A clock that a test moves. */
  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void begin() {
    all = new PartialMessages(folder.resolve("kept"), clock, BOUNDS);
  }

  private static Key key(String tag) {
    return new Key(new As2Id("A"), new As2Id("B"), new EntityTag(tag));
  }

  /** Gives what was read, whether it could be kept or not. */
  private int keep(String tag, int bytes) throws IOException {
    clock.now = clock.now.plusSeconds(1);
    try (PartialMessage partial = all.take(key(tag)).orElseThrow();
        InputStream body = partial.begun(new ByteArrayInputStream(new byte[bytes]))) {
      return body.readAllBytes().length;
    }
  }

  private long held(String tag) throws IOException {
    return all.held(key(tag)).orElseThrow();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      return files.count();
    }
  }

  @Test
  void aMessageTooManyTakesThePlaceOfTheOldest() throws Exception {
    for (String tag : new String[] {"1", "2", "3", "4"}) {
      assertThat(keep(tag, 10)).isEqualTo(10);
    }
    assertThat(held("1")).isZero();
    assertThat(held("2")).isEqualTo(10);
    assertThat(held("4")).isEqualTo(10);
    assertThat(files()).isEqualTo(3);
  }

  @Test
  void octetsTooManyTakeThePlaceOfTheOldest() throws Exception {
    keep("1", 600);
    keep("2", 300);
    keep("3", 500);
    assertThat(held("1")).isZero();
    assertThat(held("2")).isEqualTo(300);
    assertThat(held("3")).isEqualTo(500);
  }

  @Test
  void aMessageLargerThanTheBoundIsReadAndNotKept() throws Exception {
    assertThat(keep("1", 1_001)).isEqualTo(1_001);
    assertThat(held("1")).isZero();
    assertThat(files()).isZero();
    keep("2", 1_000);
    assertThat(held("2")).isEqualTo(1_000);
  }

  @Test
  void messagesInUseAreNotForgottenForOthers() throws Exception {
    try (PartialMessage one = all.take(key("1")).orElseThrow();
        PartialMessage two = all.take(key("2")).orElseThrow();
        PartialMessage three = all.take(key("3")).orElseThrow()) {
      assertThat(one.held() + two.held() + three.held()).isZero();
      assertThat(keep("4", 10)).isEqualTo(10);
      assertThat(held("4")).isZero();
    }
    keep("4", 10);
    assertThat(held("4")).isEqualTo(10);
  }

  @Test
  void whatIsOldIsForgotten() throws Exception {
    keep("1", 10);
    clock.now = clock.now.plus(BOUNDS.age());
    assertThat(held("1")).isEqualTo(10);
    clock.now = clock.now.plusSeconds(1);
    assertThat(held("1")).isZero();
    assertThat(files()).isZero();
  }

  @Test
  void anotherRunKnowsNumberSizeAndAge() throws Exception {
    keep("1", 10);
    keep("2", 900);
    all = new PartialMessages(folder.resolve("kept"), clock, BOUNDS);
    keep("3", 95);
    assertThat(held("1")).isZero();
    assertThat(held("2")).isEqualTo(900);
    clock.now = clock.now.plus(BOUNDS.age());
    assertThat(held("2")).isZero();
    assertThat(held("3")).isEqualTo(95);
  }

  @Test
  void theLengthsOfAcceptedMessagesAreBoundedToo() throws Exception {
    for (String tag : new String[] {"1", "2", "3", "4"}) {
      try (PartialMessage partial = all.take(key(tag)).orElseThrow()) {
        partial.accepted(7);
      }
    }
    assertThat(held("1")).isZero();
    assertThat(held("2")).isEqualTo(7);
    clock.now = clock.now.plus(BOUNDS.age()).plusSeconds(1);
    assertThat(held("4")).isZero();
  }

  @Test
  void eachPartnerHasItsOwn() throws Exception {
    keep("1", 10);
    Key other = new Key(new As2Id("C"), new As2Id("B"), new EntityTag("1"));
    assertThat(all.held(other)).hasValue(0);
  }
}
