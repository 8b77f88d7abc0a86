package dev.as2.daemon.queue;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;

/** db-scheduler's SQL for SQLite, which knows no {@code fetch first n rows only}. */
final class SqliteCustomization extends DefaultJdbcCustomization {
  SqliteCustomization() {
    super(true);
  }

  @Override
  public String getQueryLimitPart(int limit) {
    return " limit " + limit;
  }

  @Override
  public String getName() {
    return "SQLite";
  }
}
