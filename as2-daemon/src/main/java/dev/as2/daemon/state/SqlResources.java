package dev.as2.daemon.state;

import dev.as2.daemon.state.ResourceRows.Changed;
import dev.as2.daemon.state.ResourceRows.Key;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Resources in a {@link Database}, with private keys encrypted by a {@link Vault}. Several daemons
 * may share it. Faults of the database are {@link StateException}s.
 */
public final class SqlResources implements Resources {
  /** How long a listing may go on after the resource that it stopped at was deleted. */
  static final Duration TRACE = Duration.ofDays(1);

  private final Database database;
  private final Vault vault;
  private final Clock clock;

  private final AtomicLong written = new AtomicLong();

  public SqlResources(Database database, Vault vault, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public void create(Resource resource, Optional<byte[]> privateKey) throws IOException {
    Optional<byte[]> sealed =
        privateKey.map(pkcs8 -> PrivateKeyRows.seal(vault, resource.id(), pkcs8));
    boolean created = change((rows, version) -> insert(rows, version, resource, sealed));
    if (!created) {
      throw new IllegalStateException("There is a " + resource.kind() + " " + resource.id());
    }
  }

  private static boolean insert(
      ResourceRows rows, long version, Resource resource, Optional<byte[]> sealedKey)
      throws SQLException {
    if (!rows.insert(resource, version)) {
      return false;
    }
    if (sealedKey.isPresent()) {
      new PrivateKeyRows(rows.connection()).insert(resource.id(), sealedKey.get());
    }
    return true;
  }

  /** Makes a version of the registry. */
  @FunctionalInterface
  private interface Making<T> {
    T make(ResourceRows rows, long version) throws SQLException;
  }

  private record Made<T>(T result, long version) {}

  private <T> T change(Making<T> making) throws IOException {
    Made<T> made =
        database.write(connection -> {
          ResourceRows rows = new ResourceRows(connection);
          // First, because it keeps others from changing what is read now.
          long version = rows.nextVersion();
          return new Made<>(making.make(rows, version), version);
        });
    written.accumulateAndGet(made.version(), Math::max);
    return made.result();
  }

  @Override
  public Optional<Resource> find(Kind kind, String id) throws IOException {
    return database.read(connection -> new ResourceRows(connection).find(new Key(kind, id)));
  }

  /**
   * What became of an update.
   *
   * @param refusal what the caller's change threw
   */
  private record Update(Optional<Resource> after, Optional<Exception> refusal) {}

  @Override
  public <X extends Exception> Optional<Resource> update(Kind kind, String id, Change<X> change)
      throws IOException, X {
    Key key = new Key(kind, id);
    Update update = change((rows, version) -> update(rows, version, key, change));
    if (update.refusal().isPresent()) {
      @SuppressWarnings("unchecked") // a change throws nothing else
      X refusal = (X) update.refusal().get();
      throw refusal;
    }
    return update.after();
  }

  private static Update update(ResourceRows rows, long version, Key key, Change<?> change)
      throws SQLException {
    Optional<Resource> before = rows.find(key);
    if (before.isEmpty()) {
      return new Update(before, Optional.empty());
    }
    Resource after;
    try {
      after = change.apply(before.get());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      return new Update(Optional.empty(), Optional.of(e));
    }
    rows.update(after, version);
    return new Update(Optional.of(after), Optional.empty());
  }

  @Override
  public boolean delete(Kind kind, String id) throws IOException {
    long now = clock.millis();
    return change((rows, version) -> {
      boolean deleted = rows.delete(new Key(kind, id), version, now);
      new PrivateKeyRows(rows.connection()).delete(id);
      rows.forgetDeleted(now - TRACE.toMillis());
      return deleted;
    });
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException where there is no {@code after}, nor was there in the last day
   */
  @Override
  public List<Resource> list(Kind kind, Optional<String> after, int limit) throws IOException {
    return database.read(connection -> {
      ResourceRows rows = new ResourceRows(connection);
      long position = 0;
      if (after.isPresent()) {
        position =
            rows.position(new Key(kind, after.get()))
                .orElseThrow(
                    () -> new IllegalArgumentException("There is no " + kind + " " + after.get()));
      }
      return rows.list(kind, position, limit);
    });
  }

  @Override
  public int count(Kind kind) throws IOException {
    return database.read(connection -> new ResourceRows(connection).count(kind));
  }

  @Override
  public Set<String> withPrivateKey(Set<String> certificateIds) throws IOException {
    return database.read(connection -> {
      PrivateKeyRows rows = new PrivateKeyRows(connection);
      Set<String> found = new HashSet<>();
      for (String id : certificateIds) {
        if (rows.find(id).isPresent()) {
          found.add(id);
        }
      }
      return found;
    });
  }

  @Override
  public Optional<byte[]> privateKey(String certificateId) throws IOException {
    return load(new Key(Kind.CERTIFICATE, certificateId)).privateKey();
  }

  /**
   * All of a resource at one moment.
   *
   * @param version the registry's version at that moment
   */
  record Loaded(Optional<Resource> resource, Optional<byte[]> privateKey, long version) {}

  Loaded load(Key key) throws IOException {
    Loaded loaded =
        database.read(connection -> {
          ResourceRows rows = new ResourceRows(connection);
          // The version first: the moment of a transaction is that of its first statement.
          long version = rows.version();
          Optional<byte[]> sealed =
              key.kind() == Kind.CERTIFICATE
                  ? new PrivateKeyRows(connection).find(key.id())
                  : Optional.empty();
          return new Loaded(rows.find(key), sealed, version);
        });
    Optional<byte[]> opened = Optional.empty();
    if (loaded.privateKey().isPresent()) {
      opened = Optional.of(PrivateKeyRows.open(vault, key.id(), loaded.privateKey().get()));
    }
    return new Loaded(loaded.resource(), opened, loaded.version());
  }

  /**
   * What decides under which agreement a message is received.
   *
   * @param version the registry's version that this is true for
   */
  record Partners(
      List<Resource> agreements,
      List<Resource> profiles,
      List<Resource> connectors,
      long version) {}

  Partners partners() throws IOException {
    return database.read(connection -> {
      ResourceRows rows = new ResourceRows(connection);
      long version = rows.version();
      return new Partners(
          rows.list(Kind.AGREEMENT, 0, Integer.MAX_VALUE),
          rows.list(Kind.PROFILE, 0, Integer.MAX_VALUE),
          rows.list(Kind.CONNECTOR, 0, Integer.MAX_VALUE),
          version);
    });
  }

  /** What was changed after a version, and the version that this is true for. */
  record News(List<Changed> changed, long version) {}

  News changedAfter(long version) throws IOException {
    return database.read(connection -> {
      ResourceRows rows = new ResourceRows(connection);
      long current = rows.version();
      return new News(current > version ? rows.changedAfter(version) : List.of(), current);
    });
  }

  /** The newest version that this process made durable. */
  long written() {
    return written.get();
  }
}
