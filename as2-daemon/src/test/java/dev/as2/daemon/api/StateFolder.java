package dev.as2.daemon.api;

import dev.as2.core.ConnectorId;
import dev.as2.daemon.state.AccessKeys;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.Lane;
import dev.as2.daemon.state.Lanes;
import dev.as2.daemon.state.MasterKey;
import dev.as2.daemon.state.Outbox;
import dev.as2.daemon.state.SqlResources;
import dev.as2.daemon.state.SqlTransfers;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.daemon.state.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A daemon's state in SQLite, in a folder that goes with it. Nobody sends what it accepts. */
final class StateFolder implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final Database database;
  private final Vault vault;
  private final Clock clock = Clock.systemUTC();

  StateFolder() throws IOException {
    folder = Files.createTempDirectory("api");
    database = Database.open("jdbc:sqlite:" + folder.resolve("state.db"));
    vault = Vault.open(database, MasterKey.file(folder.resolve("master.key"), RANDOM), RANDOM);
  }

  SqlResources resources() {
    return new SqlResources(database, vault, clock);
  }

  SqlTransfers transfers() {
    return new SqlTransfers(database, vault, clock, RANDOM);
  }

  AccessKeys keys() {
    return new AccessKeys(database, vault, clock, RANDOM);
  }

  private Lanes lanes() {
    return new Lanes(database, vault, new Outbox(database, false), clock);
  }

  private static Lane lane(String connector) {
    return new Lane(new ConnectorId(connector), "test", 1);
  }

  /** Takes a connector's files, as a daemon does that is about to send them. */
  List<Lanes.Taken> take(String connector) throws IOException {
    Lane lane = lane(connector);
    database.write(connection -> {
      try (PreparedStatement pick =
          connection.prepareStatement(
              "update scheduled_tasks set picked = 1, picked_by = ? where task_instance = ?")) {
        pick.setString(1, lane.pickedBy());
        pick.setString(2, connector);
        return pick.executeUpdate();
      }
    });
    return lanes().take(lane, 10);
  }

  /** Ends a file that was taken, with a failure or without. */
  void end(String connector, FileKey key, Optional<String> code, Optional<String> message)
      throws IOException {
    lanes()
        .ended(
            lane(connector),
            key,
            new Lanes.End(code, message, 1, "{}", clock.instant(), List.of()));
  }

  @Override
  public void close() throws IOException {
    database.close();
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
