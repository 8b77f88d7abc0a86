package dev.as2.daemon.serve;

import dev.as2.core.As2Handler;
import dev.as2.daemon.state.Database;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * Whether the daemon is alive, which it is when it answers, and whether it is ready: its database
 * answers, and it is not about to end.
 */
final class Health {
  private static final String JSON = "application/json";

  private final Database database;
  private volatile boolean ending;

  Health(Database database) {
    this.database = database;
  }

  /** From now on not ready. */
  void end() {
    ending = true;
  }

  As2Handler.Answer live(As2Handler.Request request) {
    return Router.text(200, JSON, "{\"status\":\"UP\"}\n");
  }

  As2Handler.Answer ready(As2Handler.Request request) {
    if (ending) {
      return Router.text(503, JSON, "{\"status\":\"DOWN\",\"reason\":\"ending\"}\n");
    }
    try {
      database.read(connection -> {
        try (Statement statement = connection.createStatement();
            ResultSet row = statement.executeQuery("select 1")) {
          return row.next();
        }
      });
      return Router.text(200, JSON, "{\"status\":\"UP\"}\n");
    } catch (IOException e) {
      return Router.text(503, JSON, "{\"status\":\"DOWN\",\"reason\":\"database\"}\n");
    }
  }
}
