package dev.as2.daemon.state;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.AsyncMdns.Arrived;
import dev.as2.core.ConnectorId;
import dev.as2.core.MessageId;
import dev.as2.core.TransferId;
import dev.as2.daemon.state.SqlAsyncMdns.Arrival;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlAsyncMdnsTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.123Z");
  private static final MessageId ID = new MessageId("1@us");
  private static final FileKey KEY = new FileKey(new TransferId("t"), 1);
  private static final Lane LANE = new Lane(new ConnectorId("c-0123456789abcdef0"), "one/1", 1);
  private static final Arrived FIRST = mdn("first");

  @TempDir Path folder;

  private static Arrived mdn(String body) {
    return new Arrived(
        Headers.of("Content-Type", "text/plain", "AS2-From", "THEM"), body.getBytes(US_ASCII));
  }

  private static SqlAsyncMdns of(Database database) {
    return at(database, NOW);
  }

  private static SqlAsyncMdns at(Database database, Instant now) {
    return new SqlAsyncMdns(database, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static SqlAsyncMdns.Wait rest(SqlAsyncMdns mdns) throws IOException {
    return mdns.rest(LANE, KEY, ID, NOW.plusSeconds(60));
  }

  private static void insert(Database database, String status) throws IOException {
    database.write(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into transfer_file (transfer_id, number, connector_id, file_path, message_id,"
                  + " requester, status, accepted, attempts, cancelling, owner)"
                  + " values ('t', 1, 'c-0123456789abcdef0', '/out/1.edi', ?, 'me', ?, 0, 0, 0, ?)")) {
        insert.setString(1, ID.value());
        insert.setString(2, status);
        insert.setString(3, LANE.owner());
        return insert.executeUpdate();
      }
    });
  }

  private static void assertFirst(SqlAsyncMdns.Wait wait) {
    Arrived arrived = wait.mdn().orElseThrow();
    assertThat(wait.rests()).isFalse();
    assertThat(arrived.headers()).isEqualTo(FIRST.headers());
    assertThat(arrived.body()).isEqualTo(FIRST.body());
  }

  private static long restsUntil(Database database) throws IOException {
    return database.read(connection -> {
      try (Statement select = connection.createStatement();
          ResultSet row = select.executeQuery("select rests_until from transfer_file")) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  @ParameterizedTest
  @EnumSource
  void whatOneDaemonTakesEndsAnothersRest(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      insert(database, "IN_PROGRESS");
      SqlAsyncMdns takes = of(database);
      List<ConnectorId> changed = new ArrayList<>();
      takes.onChange(changed::add);

      assertThat(rest(of(database))).isEqualTo(new SqlAsyncMdns.Wait(Optional.empty(), true));
      assertThat(restsUntil(database)).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
      assertThat(takes.arrived(ID, FIRST)).isEqualTo(Arrival.KEPT);
      assertThat(takes.arrived(ID, mdn("second"))).isEqualTo(Arrival.KEPT);

      assertThat(restsUntil(database)).isZero();
      assertThat(changed).containsOnly(LANE.connectorId());
      assertFirst(rest(of(database)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void restsNoLongerThanItMay(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      insert(database, "IN_PROGRESS");

      assertThat(rest(at(database, NOW.plusSeconds(60))))
          .isEqualTo(new SqlAsyncMdns.Wait(Optional.empty(), false));
      of(database).arrived(ID, FIRST);

      assertFirst(rest(at(database, NOW.plusSeconds(61))));
    }
  }

  /** As kept they are twice as long as they may be on the wire, and more. */
  @ParameterizedTest
  @EnumSource
  void readsAnyHeadersThatItKept(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      insert(database, "IN_PROGRESS");
      Headers many = new Headers(Collections.nCopies(32_000, new Header("a", "")));

      of(database).arrived(ID, new Arrived(many, FIRST.body()));

      assertThat(rest(of(database)).mdn().orElseThrow().body()).isEqualTo(FIRST.body());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anothersFileIsNotLaidToRest(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      insert(database, "IN_PROGRESS");
      Lane other = new Lane(LANE.connectorId(), "two/1", 1);

      assertThatThrownBy(() -> of(database).rest(other, KEY, ID, NOW.plusSeconds(60)))
          .isInstanceOf(LaneLostException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNextOneFollowsOneThatWasRefused(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      insert(database, "IN_PROGRESS");
      SqlAsyncMdns mdns = of(database);
      mdns.arrived(ID, mdn("anybody's"));
      mdns.arrived(ID, FIRST);

      mdns.refused(ID, rest(mdns).mdn().orElseThrow());

      assertFirst(rest(mdns));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsSoManyOfAMessage(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      SqlAsyncMdns mdns = of(database);
      insert(database, "IN_PROGRESS");
      for (int i = 0; i < ServeLimits.ASYNC_MDNS_OF_A_MESSAGE; i++) {
        assertThat(mdns.arrived(ID, mdn("mdn " + i))).isEqualTo(Arrival.KEPT);
      }
      assertThat(mdns.arrived(ID, FIRST)).isEqualTo(Arrival.TOO_MANY);

      mdns.refused(ID, mdn("mdn 3"));

      assertThat(mdns.arrived(ID, FIRST)).isEqualTo(Arrival.KEPT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsNothingOfMessagesThatNobodyWaitsFor(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      SqlAsyncMdns mdns = of(database);
      assertThat(mdns.arrived(ID, FIRST)).isEqualTo(Arrival.UNKNOWN);
      insert(database, "COMPLETED");
      assertThat(mdns.arrived(ID, FIRST)).isEqualTo(Arrival.TOO_LATE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgetsWhatIsOld(Databases kind) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      SqlAsyncMdns mdns = of(database);
      insert(database, "IN_PROGRESS");
      mdns.arrived(ID, FIRST);
      mdns.forget(NOW);
      assertFirst(rest(mdns));

      mdns.forget(NOW.plusMillis(1));
      mdns.arrived(ID, mdn("another"));

      assertThat(rest(mdns).mdn().orElseThrow().body()).asString().isEqualTo("another");
    }
  }
}
