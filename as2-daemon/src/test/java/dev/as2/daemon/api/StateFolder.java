package dev.as2.daemon.api;

import dev.as2.daemon.state.AccessKeys;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.MasterKey;
import dev.as2.daemon.state.SqlResources;
import dev.as2.daemon.state.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A daemon's state in SQLite, in a folder that goes with it. */
final class StateFolder implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final Database database;
  private final Vault vault;

  StateFolder() throws IOException {
    folder = Files.createTempDirectory("api");
    database = Database.open("jdbc:sqlite:" + folder.resolve("state.db"));
    vault = Vault.open(database, MasterKey.file(folder.resolve("master.key"), RANDOM), RANDOM);
  }

  SqlResources resources() {
    return new SqlResources(database, vault, Clock.systemUTC());
  }

  AccessKeys keys() {
    return new AccessKeys(database, vault, Clock.systemUTC(), RANDOM);
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
