package dev.as2.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.AgreementId;
import dev.as2.core.As2Id;
import dev.as2.core.MessageId;
import dev.as2.core.MessageKey;
import dev.as2.daemon.state.ReceivedHistory.Entry;
import dev.as2.daemon.state.ReceivedHistory.MdnState;
import dev.as2.daemon.state.ReceivedHistory.Placed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReceptionsTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.123Z");
  private static final MessageKey KEY =
      new MessageKey(new As2Id("THEM"), new As2Id("US"), new MessageId("1@them"));

  @TempDir Path folder;

  private static Entry entry(Optional<String> failure) {
    return new Entry(
        KEY,
        new AgreementId("a-0123456789abcdef0"),
        NOW,
        failure.isEmpty() ? "COMPLETED" : "FAILED",
        failure,
        failure.map(any -> "It is damaged."),
        7,
        MdnState.PENDING,
        "{}");
  }

  private static Outbox.Event event(String id) {
    return new Outbox.Event(id, "{\"id\":\"" + id + "\"}");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsToldIsWrittenWithIt(Databases kind) throws IOException {
    try (Database database = Database.open(kind.url(folder))) {
      Outbox outbox = new Outbox(database, true);
      Receptions receptions = new Receptions(database, outbox, Clock.fixed(NOW, ZoneOffset.UTC));
      receptions.add(entry(Optional.of("VERIFICATION_FAILED")), List.of(event("1")));
      receptions.add(entry(Optional.empty()), List.of(event("2")));

      Placed last = receptions.last(KEY).orElseThrow();
      assertThat(last.entry()).isEqualTo(entry(Optional.empty()));
      receptions.delivered(last, MdnState.SENT, List.of(event("3")));

      assertThat(outbox.oldest(10)).containsExactly(event("1"), event("2"), event("3"));
      List<Placed> newest = receptions.newest("", Optional.empty(), 10);
      assertThat(newest)
          .extracting(each -> each.entry().mdn())
          .containsExactly(MdnState.SENT, MdnState.PENDING);
      assertThat(newest.get(1).entry()).isEqualTo(entry(Optional.of("VERIFICATION_FAILED")));
      assertThat(receptions.newest("", Optional.of(newest.get(0).sequence()), 10))
          .containsExactly(newest.get(1));
      for (String text : List.of("them", "us", "1@them", "verification_f")) {
        assertThat(receptions.newest(text, Optional.empty(), 10)).as(text).contains(newest.get(1));
      }
      assertThat(receptions.newest("th_m", Optional.empty(), 10)).isEmpty();
      assertThat(receptions.newest("%", Optional.empty(), 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgetsWhatIsOld(Databases kind) throws IOException {
    try (Database database = Database.open(kind.url(folder))) {
      Receptions receptions =
          new Receptions(database, new Outbox(database, false), Clock.fixed(NOW, ZoneOffset.UTC));
      receptions.add(entry(Optional.empty()), List.of(event("1")));
      receptions.forget(NOW);
      assertThat(receptions.last(KEY)).isPresent();

      receptions.forget(NOW.plusMillis(1));

      assertThat(receptions.last(KEY)).isEmpty();
    }
  }
}
