package dev.as2.daemon.state;

import dev.as2.daemon.aws.Sentences;
import dev.as2.daemon.state.Database.Work;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** One write on its way through a batch: its work, then its result or what went wrong. */
final class Write<T extends @Nullable Object> {
  private final Work<T> work;
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable T result;
  private @Nullable Throwable failure;

  Write(Work<T> work) {
    this.work = work;
  }

  /**
   * Runs the work, and takes back what it did where it fails.
   *
   * @throws SQLException where the whole transaction is lost
   */
  void attempt(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SAVEPOINT before");
      attemptAlone(connection);
      if (failure != null) {
        statement.execute("ROLLBACK TO SAVEPOINT before");
      }
      statement.execute("RELEASE SAVEPOINT before");
    }
  }

  /** Runs the work; who calls it rolls back where it {@link #failed}. */
  void attemptAlone(Connection connection) {
    failure = null;
    try {
      result = work.run(connection);
    } catch (Exception | Error e) {
      // Whoever waits for this write gets it.
      failure = e;
    }
  }

  boolean failed() {
    return failure != null;
  }

  /** Whether it only stood in another's way, and may succeed the next time. */
  boolean collided() {
    return failure instanceof SQLException fault && DatabaseFaults.isCollision(fault);
  }

  /** Ends it with what its work came to. */
  void finish() {
    done.countDown();
  }

  /** Ends it without a result. */
  void fail(Throwable why) {
    failure = why;
    done.countDown();
  }

  /** Waits, through interruptions: what becomes of a write has to be known. */
  T await(DatabaseFaults faults) throws IOException {
    boolean interrupted = false;
    while (done.getCount() > 0) {
      try {
        done.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return outcome(faults);
  }

  @NullUnmarked // the result of a work that did not fail is of the work's own type
  private T outcome(DatabaseFaults faults) throws IOException {
    Throwable why = failure;
    if (why == null) {
      return result;
    } else if (why instanceof SQLException fault) {
      throw faults.of(fault);
    } else if (why instanceof StateException fault) {
      // Of the whole batch: each who waits throws one of his own, with his stack.
      throw new StateException(Sentences.message(fault), fault);
    } else if (why instanceof IOException fault) {
      throw fault;
    } else if (why instanceof RuntimeException fault) {
      throw fault;
    } else if (why instanceof Error fault) {
      throw fault;
    }
    throw new IllegalStateException("a work throws nothing else", why);
  }
}
