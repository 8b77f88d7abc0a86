package dev.as2.daemon.state;

import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database's tables to what this version of the daemon needs. */
final class Migrations {
  private Migrations() {}

  static void run(Pools pools) throws StateException {
    try {
      Flyway.configure()
          .dataSource(pools.shared())
          .locations("classpath:dev/as2/daemon/state/migrations/" + pools.vendor().folder())
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw fault(e, pools.faults());
    }
  }

  private static StateException fault(FlywayException fault, DatabaseFaults faults) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException known) {
        return faults.of(known);
      }
    }
    return new StateException(
        "The tables of the database %s are not those of this version of as2."
            .formatted(faults.place()),
        fault);
  }
}
