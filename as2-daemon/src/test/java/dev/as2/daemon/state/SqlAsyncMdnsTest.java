package dev.as2.daemon.state;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.AsyncMdns.Arrived;
import dev.as2.core.ConnectorId;
import dev.as2.core.FilePath;
import dev.as2.core.MessageId;
import dev.as2.core.SendResult.Transfer;
import dev.as2.core.TransferId;
import dev.as2.daemon.state.SqlAsyncMdns.Arrival;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlAsyncMdnsTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.123Z");
  private static final MessageId ID = new MessageId("1@us");
  private static final Arrived FIRST = mdn("first");

  @TempDir Path folder;

  private static Arrived mdn(String body) {
    return new Arrived(
        Headers.of("Content-Type", "text/plain", "AS2-From", "THEM"), body.getBytes(US_ASCII));
  }

  private static SqlAsyncMdns of(Database database) {
    return new SqlAsyncMdns(database, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Transfer transfer() {
    return new Transfer(
        new TransferId("t"),
        ID,
        new ConnectorId("c-0123456789abcdef0"),
        new FilePath("out", "1.edi"),
        NOW);
  }

  private static void insert(Database database, String status) throws IOException {
    database.write(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into transfer_file (transfer_id, number, connector_id, file_path, message_id,"
                  + " requester, status, accepted, attempts, cancelling)"
                  + " values ('t', 1, 'c-0123456789abcdef0', '/out/1.edi', ?, 'me', ?, 0, 0, 0)")) {
        insert.setString(1, ID.value());
        insert.setString(2, status);
        return insert.executeUpdate();
      }
    });
  }

  private static void assertFirst(CompletableFuture<Arrived> mdn) throws Exception {
    Arrived arrived = mdn.get(20, TimeUnit.SECONDS);
    assertThat(arrived.headers()).isEqualTo(FIRST.headers());
    assertThat(arrived.body()).isEqualTo(FIRST.body());
  }

  @ParameterizedTest
  @EnumSource
  void whatOneDaemonTakesAnotherWaitsFor(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder));
        SqlAsyncMdns waits = of(database);
        SqlAsyncMdns takes = of(database)) {
      insert(database, "IN_PROGRESS");
      CompletableFuture<Arrived> mdn = waits.await(transfer());

      assertThat(takes.arrived(ID, FIRST)).isEqualTo(Arrival.KEPT);
      assertThat(takes.arrived(ID, mdn("second"))).isEqualTo(Arrival.KEPT);

      assertFirst(mdn);
      assertFirst(waits.await(transfer()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNextOneFollowsOneThatWasRefused(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder));
        SqlAsyncMdns mdns = of(database)) {
      insert(database, "IN_PROGRESS");
      mdns.arrived(ID, mdn("anybody's"));
      mdns.arrived(ID, FIRST);

      mdns.refused(transfer(), mdns.await(transfer()).get(20, TimeUnit.SECONDS));

      assertFirst(mdns.await(transfer()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsSoManyOfAMessage(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder));
        SqlAsyncMdns mdns = of(database)) {
      insert(database, "IN_PROGRESS");
      for (int i = 0; i < ServeLimits.ASYNC_MDNS_OF_A_MESSAGE; i++) {
        assertThat(mdns.arrived(ID, mdn("mdn " + i))).isEqualTo(Arrival.KEPT);
      }
      assertThat(mdns.arrived(ID, FIRST)).isEqualTo(Arrival.TOO_MANY);

      mdns.refused(transfer(), mdn("mdn 3"));

      assertThat(mdns.arrived(ID, FIRST)).isEqualTo(Arrival.KEPT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsNothingOfMessagesThatNobodyWaitsFor(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder));
        SqlAsyncMdns mdns = of(database)) {
      assertThat(mdns.arrived(ID, FIRST)).isEqualTo(Arrival.UNKNOWN);
      insert(database, "COMPLETED");
      assertThat(mdns.arrived(ID, FIRST)).isEqualTo(Arrival.TOO_LATE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgetsWhatIsOld(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder));
        SqlAsyncMdns mdns = of(database)) {
      insert(database, "IN_PROGRESS");
      mdns.arrived(ID, FIRST);
      mdns.forget(NOW);
      assertFirst(mdns.await(transfer()));

      mdns.forget(NOW.plusMillis(1));
      mdns.arrived(ID, mdn("another"));

      assertThat(mdns.await(transfer()).get(20, TimeUnit.SECONDS).body())
          .asString()
          .isEqualTo("another");
    }
  }
}
