package dev.as2.daemon.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Runs writes in one transaction, and ends each of them. Safe for use by several threads. */
final class Batches {
  private final DataSource connections;
  private final DatabaseFaults faults;
  private final AtomicLong commits = new AtomicLong();

  Batches(Pools pools) {
    this.connections = pools.shared();
    this.faults = pools.faults();
  }

  long commits() {
    return commits.get();
  }

  /** Commits a batch; throws nothing, so that a writer goes on whatever happens. */
  void run(List<Write<?>> batch) {
    try {
      Fate fate = batch.size() == 1 ? alone(batch.get(0)) : together(batch);
      end(batch, fate);
    } catch (RuntimeException | Error e) {
      batch.forEach(write -> write.fail(e));
    }
  }

  /** What became of a transaction. */
  private sealed interface Fate {
    /** It is durable, but for the writes that failed. */
    record Committed() implements Fate {}

    /** It is gone, and the writes may be tried one by one. */
    record Broken() implements Fate {}

    /** It is gone, and so would be the next one. */
    record Refused(StateException why) implements Fate {}
  }

  private void end(List<Write<?>> batch, Fate fate) {
    for (Write<?> write : batch) {
      if (fate instanceof Fate.Refused refused) {
        // One for each of those who wait: they throw it with their own stack.
        write.fail(new StateException(refused.why().getMessage(), refused.why()));
      } else if (fate instanceof Fate.Broken || write.collided()) {
        again(write);
      } else {
        write.finish();
      }
    }
  }

  private void again(Write<?> write) {
    Fate fate = alone(write);
    for (int i = 1; i < ServeLimits.COLLISIONS && write.collided(); i++) {
      fate = alone(write);
    }
    if (fate instanceof Fate.Refused refused) {
      write.fail(refused.why());
    } else {
      write.finish();
    }
  }

  private Fate together(List<Write<?>> batch) {
    boolean committing = false;
    try (Connection connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      for (Write<?> write : batch) {
        write.attempt(connection);
      }
      committing = true;
      commit(connection);
      return new Fate.Committed();
    } catch (SQLException e) {
      return faults.isOfAll(e) ? refused(e, committing) : new Fate.Broken();
    }
  }

  private Fate alone(Write<?> write) {
    boolean committing = false;
    try (Connection connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      write.attemptAlone(connection);
      if (write.failed()) {
        connection.rollback();
      } else {
        committing = true;
        commit(connection);
      }
      return new Fate.Committed();
    } catch (SQLException e) {
      return refused(e, committing);
    }
  }

  private void commit(Connection connection) throws SQLException {
    connection.commit();
    commits.incrementAndGet();
  }

  private Fate refused(SQLException fault, boolean committing) {
    return new Fate.Refused(
        committing && faults.isOfConnection(fault) ? faults.unknown(fault) : faults.of(fault));
  }
}
