package dev.as2.daemon.state;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Runs writes in one transaction, and ends each of them. Safe for use by several threads. */
final class Batches {
  private final HikariDataSource connections;
  private final Transactions transactions;
  private final DatabaseFaults faults;
  private final AtomicLong commits = new AtomicLong();

  Batches(Pools pools) {
    this.connections = pools.shared();
    this.transactions = Transactions.of(pools.vendor());
    this.faults = pools.faults();
  }

  long commits() {
    return commits.get();
  }

  /** Commits a batch; throws nothing, so that a writer goes on whatever happens. */
  void run(List<Write<?>> batch) {
    try {
      end(batch, batch.size() == 1 ? alone(batch.get(0)) : together(batch));
    } catch (RuntimeException | Error e) {
      batch.forEach(write -> write.fail(e));
    }
  }

  /** What became of a transaction. */
  private sealed interface Fate {
    /** What its writes did is durable, and what failing ones did is gone. */
    record Settled() implements Fate {}

    /** All of it is gone, and the writes may be tried one by one. */
    record Broken(StateException why) implements Fate {}

    /** All of it is gone, and so would be the next one. */
    record Refused(StateException why) implements Fate {}
  }

  private void end(List<Write<?>> batch, Fate fate) {
    for (Write<?> write : batch) {
      Fate last = fate;
      for (int i = 0; i < ServeLimits.COLLISIONS && isToRepeat(write, last); i++) {
        last = alone(write);
      }
      if (last instanceof Fate.Refused refused) {
        write.fail(refused.why());
      } else {
        write.finish();
      }
    }
  }

  private static boolean isToRepeat(Write<?> write, Fate fate) {
    return fate instanceof Fate.Broken || fate instanceof Fate.Settled && write.collided();
  }

  /**
   * First without savepoints, each of which is two more statements, and on a server two more ways
   * there and back; where one fails, all again with them.
   */
  private Fate together(List<Write<?>> batch) {
    Fate plain = transaction(connection -> allSucceed(batch, connection));
    return batch.stream().anyMatch(Write::failed) ? apart(batch) : plain;
  }

  private static boolean allSucceed(List<Write<?>> batch, Connection connection) {
    for (Write<?> write : batch) {
      write.attemptAlone(connection);
      if (write.failed()) {
        return false;
      }
    }
    return true;
  }

  /** What fails takes no other with it. */
  private Fate apart(List<Write<?>> batch) {
    return transaction(connection -> {
      for (Write<?> write : batch) {
        write.attempt(connection);
      }
      return true;
    });
  }

  private Fate alone(Write<?> write) {
    Fate fate =
        transaction(connection -> {
          write.attemptAlone(connection);
          return !write.failed();
        });
    if (write.failed()) {
      // What it threw says more than a rollback that failed, too.
      return new Fate.Settled();
    }
    return fate instanceof Fate.Broken broken ? new Fate.Refused(broken.why()) : fate;
  }

  /** What a transaction is for; says whether to commit. */
  @FunctionalInterface
  private interface Attempt {
    boolean run(Connection connection) throws SQLException;
  }

  private Fate transaction(Attempt attempt) {
    Connection connection;
    try {
      connection = connections.getConnection();
    } catch (SQLException e) {
      return new Fate.Refused(faults.of(e));
    }
    try {
      transactions.begin(connection);
    } catch (SQLException e) {
      discard(connection);
      return new Fate.Refused(faults.of(e));
    }
    return ended(connection, attempt);
  }

  private Fate ended(Connection connection, Attempt attempt) {
    boolean committing = false;
    try {
      committing = attempt.run(connection);
      if (committing) {
        transactions.commit(connection);
        commits.incrementAndGet();
      } else {
        transactions.rollBack(connection);
      }
    } catch (SQLException e) {
      discard(connection);
      return lost(e, committing);
    }
    giveBack(connection);
    return new Fate.Settled();
  }

  private Fate lost(SQLException fault, boolean committing) {
    if (!faults.isOfConnection(fault)) {
      return new Fate.Broken(faults.of(fault));
    }
    return new Fate.Refused(committing ? faults.unknown(fault) : faults.of(fault));
  }

  /** What is committed stays so, whether or not the connection can be used again. */
  private void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      discard(connection);
    }
  }

  /** Closes a connection for good: nobody knows what state it is in. */
  private void discard(Connection connection) {
    connections.evictConnection(connection);
  }
}
