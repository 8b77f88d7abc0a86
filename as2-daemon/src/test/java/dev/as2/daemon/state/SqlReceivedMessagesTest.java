package dev.as2.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Id;
import dev.as2.core.MessageId;
import dev.as2.core.MessageKey;
import dev.as2.core.Mic;
import dev.as2.core.ReceivedMessages.Kept;
import dev.as2.mime.DigestAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlReceivedMessagesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.123Z");

  @TempDir Path folder;
  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final Clock clock = ((InstantSource) time::get).withZone(ZoneOffset.UTC);

  private static MessageKey key(String id) {
    return new MessageKey(new As2Id("THEM"), new As2Id("US"), new MessageId(id));
  }

  private static Kept kept(String id, boolean accepted, String mdn) {
    return new Kept(
        key(id),
        NOW,
        accepted,
        Optional.of(Mic.of(new byte[32], DigestAlgorithm.SHA256)),
        mdn.getBytes(StandardCharsets.US_ASCII),
        Optional.empty());
  }

  private static Kept asynchronous(String id, boolean accepted) {
    Kept kept = kept(id, accepted, "later");
    return new Kept(
        kept.key(),
        kept.received(),
        accepted,
        Optional.empty(),
        kept.mdn(),
        Optional.of(URI.create("https://them.example/mdn")));
  }

  private SqlReceivedMessages of(Database database, String daemon) {
    return new SqlReceivedMessages(database, daemon, clock);
  }

  @ParameterizedTest
  @EnumSource
  void theFirstAnswerToAnAcceptedMessageStays(Databases kind) throws IOException {
    try (Database database = Database.open(kind.url(folder))) {
      SqlReceivedMessages one = of(database, "one");
      SqlReceivedMessages other = of(database, "other");
      Kept first = kept("1@them", true, "first");
      assertThat(one.keep(first)).isSameAs(first);

      Kept counts = other.keep(kept("1@them", true, "second"));

      assertThat(counts).usingRecursiveComparison().isEqualTo(first);
      assertThat(other.accepted(key("1@them")).orElseThrow())
          .usingRecursiveComparison()
          .isEqualTo(first);
      assertThat(one.accepted(key("2@them"))).isEmpty();
      assertThat(one.undelivered(10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatWasRefusedMayBeAcceptedLater(Databases kind) throws IOException {
    try (Database database = Database.open(kind.url(folder))) {
      SqlReceivedMessages received = of(database, "one");
      received.keep(kept("1@them", false, "no"));
      received.keep(asynchronous("1@them", false));
      assertThat(received.accepted(key("1@them"))).isEmpty();

      received.keep(kept("1@them", true, "yes"));

      assertThat(received.accepted(key("1@them")).orElseThrow().mdn()).asString().isEqualTo("yes");
      assertThat(of(database, "one").undelivered(10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsUndeliveredIsTheNextLifesWork(Databases kind) throws IOException {
    try (Database database = Database.open(kind.url(folder))) {
      SqlReceivedMessages received = of(database, "one");
      received.keep(asynchronous("1@them", true));
      received.keep(asynchronous("2@them", false));
      received.keep(asynchronous("3@them", true));
      assertThat(received.undelivered(10)).as("those that it delivers itself").isEmpty();
      received.delivered(key("3@them"));

      SqlReceivedMessages next = of(database, "one");
      assertThat(next.undelivered(1)).hasSize(1);
      assertThat(next.undelivered(10)).hasSize(1);
      assertThat(next.undelivered(10)).isEmpty();
      next.delivered(key("1@them"));
      next.delivered(key("2@them"));

      assertThat(of(database, "one").undelivered(10)).isEmpty();
      assertThat(next.accepted(key("1@them"))).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherDaemonTakesOverFromOneThatIsSilent(Databases kind) throws IOException {
    try (Database database = Database.open(kind.url(folder))) {
      SqlReceivedMessages silent = of(database, "silent");
      SqlReceivedMessages other = of(database, "other");
      silent.keep(asynchronous("1@them", true));
      time.set(NOW.plus(Duration.ofMinutes(4)));
      silent.renew();
      time.set(NOW.plus(Duration.ofMinutes(8)));
      assertThat(other.undelivered(10)).isEmpty();

      time.set(NOW.plus(Duration.ofMinutes(10)));

      assertThat(other.undelivered(10)).extracting(Kept::key).containsExactly(key("1@them"));
      assertThat(of(database, "third").undelivered(10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgetsWhatIsOld(Databases kind) throws IOException {
    try (Database database = Database.open(kind.url(folder))) {
      SqlReceivedMessages received = of(database, "one");
      received.keep(kept("1@them", true, "yes"));
      received.forget(NOW);
      assertThat(received.accepted(key("1@them"))).isPresent();

      received.forget(NOW.plusMillis(1));

      assertThat(received.accepted(key("1@them"))).isEmpty();
    }
  }
}
