package dev.as2.daemon.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements on {@code resource} and {@code registry}, within a transaction.
 *
 * <p>Each change takes the registry's next version first: on PostgreSQL that makes changes wait for
 * each other, so that versions become visible in their order.
 */
record ResourceRows(Connection connection) {
  private static final String COLUMNS = "SELECT kind, id, members, tags FROM resource ";

  /** Which resource. */
  record Key(Kind kind, String id) {}

  /** A resource, and the version that changed it last. */
  record Changed(Key key, long version) {}

  long version() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT version FROM registry");
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  long nextVersion() throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE registry SET version = version + 1")) {
      update.executeUpdate();
    }
    return version();
  }

  /**
   * @return whether there was none of that id, not even one that was deleted
   */
  boolean insert(Resource resource, long version) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO resource (kind, id, members, tags, changed) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      insert.setString(1, resource.kind().name());
      insert.setString(2, resource.id());
      insert.setString(3, Json.line(resource.members()));
      insert.setString(4, Json.line(tags(resource.tags())));
      insert.setLong(5, version);
      return insert.executeUpdate() == 1;
    }
  }

  void update(Resource resource, long version) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE resource SET members = ?, tags = ?, changed = ? WHERE kind = ? AND id = ?")) {
      update.setString(1, Json.line(resource.members()));
      update.setString(2, Json.line(tags(resource.tags())));
      update.setLong(3, version);
      update.setString(4, resource.kind().name());
      update.setString(5, resource.id());
      update.executeUpdate();
    }
  }

  /** Leaves nothing but the place in the order. */
  boolean delete(Key key, long version, long now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE resource SET members = '{}', tags = '{}', changed = ?, deleted = ?"
                + " WHERE kind = ? AND id = ? AND deleted IS NULL")) {
      update.setLong(1, version);
      update.setLong(2, now);
      update.setString(3, key.kind().name());
      update.setString(4, key.id());
      return update.executeUpdate() == 1;
    }
  }

  void forgetDeleted(long before) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM resource WHERE deleted < ?")) {
      delete.setLong(1, before);
      delete.executeUpdate();
    }
  }

  Optional<Resource> find(Key key) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(COLUMNS + "WHERE kind = ? AND id = ? AND deleted IS NULL")) {
      query.setString(1, key.kind().name());
      query.setString(2, key.id());
      return resources(query).stream().findFirst();
    }
  }

  /** The place of a resource in the order, of a deleted one, too. */
  Optional<Long> position(Key key) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT position FROM resource WHERE kind = ? AND id = ?")) {
      query.setString(1, key.kind().name());
      query.setString(2, key.id());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
      }
    }
  }

  List<Resource> list(Kind kind, long afterPosition, int limit) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            COLUMNS
                + "WHERE kind = ? AND position > ? AND deleted IS NULL ORDER BY position LIMIT ?")) {
      query.setString(1, kind.name());
      query.setLong(2, afterPosition);
      query.setInt(3, limit);
      return resources(query);
    }
  }

  int count(Kind kind) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM resource WHERE kind = ? AND deleted IS NULL")) {
      query.setString(1, kind.name());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /** What was changed or deleted after a version. */
  List<Changed> changedAfter(long version) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT kind, id, changed FROM resource WHERE changed > ?")) {
      query.setLong(1, version);
      List<Changed> all = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Key key = new Key(Kind.valueOf(rows.getString(1)), rows.getString(2));
          all.add(new Changed(key, rows.getLong(3)));
        }
      }
      return all;
    }
  }

  private static List<Resource> resources(PreparedStatement query) throws SQLException {
    List<Resource> all = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        all.add(
            new Resource(
                Kind.valueOf(rows.getString(1)),
                rows.getString(2),
                Json.parse(rows.getString(3)),
                tags(rows.getString(4))));
      }
    }
    return all;
  }

  private static ObjectNode tags(Map<String, String> tags) {
    ObjectNode node = Json.object();
    tags.forEach(node::put);
    return node;
  }

  private static Map<String, String> tags(String json) {
    Map<String, String> tags = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : Json.parse(json).properties()) {
      tags.put(each.getKey(), each.getValue().textValue());
    }
    return tags;
  }
}
