package dev.as2.daemon.state;

import dev.as2.core.AsyncMdns;
import dev.as2.core.Limits;
import dev.as2.core.MessageId;
import dev.as2.core.SendResult.Transfer;
import dev.as2.mime.MimeException;
import dev.as2.mime.MimePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asynchronous MDNs in a {@link Database}: whichever daemon takes one, the one that waits for it
 * gets it. Safe for use by several threads.
 */
public final class SqlAsyncMdns implements AsyncMdns, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SqlAsyncMdns.class.getName());
  private static final int LOOK_MILLIS = 1_000;
  private static final int LOOKED_FOR_AT_ONCE = 500;

  private final Database database;
  private final Clock clock;
  private final Map<MessageId, CompletableFuture<Arrived>> waiting = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looking = Upkeep.scheduler("as2-async-mdns");

  public SqlAsyncMdns(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** What became of an MDN that came. */
  public enum Arrival {
    /** It is durable. */
    KEPT,
    /** Too many of this message are there already, and not looked at yet. */
    TOO_MANY,
    /** Its transfer has ended already. */
    TOO_LATE,
    /** No transfer of ours has this Message-ID. */
    UNKNOWN
  }

  @Override
  public CompletableFuture<Arrived> await(Transfer transfer) {
    CompletableFuture<Arrived> future = new CompletableFuture<>();
    waiting.put(transfer.messageId(), future);
    future.whenComplete((any, fault) -> waiting.remove(transfer.messageId(), future));
    return future;
  }

  /** Keeps an MDN; the first one of a message that proves something counts. */
  public Arrival arrived(MessageId about, Arrived mdn) throws IOException {
    return database.write(connection -> {
      Optional<String> status = status(connection, about);
      if (status.isEmpty()) {
        return Arrival.UNKNOWN;
      } else if (List.of("COMPLETED", "FAILED").contains(status.get())) {
        return Arrival.TOO_LATE;
      } else if (kept(connection, about) >= ServeLimits.ASYNC_MDNS_OF_A_MESSAGE) {
        return Arrival.TOO_MANY;
      }
      insert(connection, about, octets(mdn));
      return Arrival.KEPT;
    });
  }

  private static Optional<String> status(Connection connection, MessageId id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select status from transfer_file where message_id = ?")) {
      select.setString(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static int kept(Connection connection, MessageId id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select count(*) from async_mdn where message_id = ?")) {
      select.setString(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  @Override
  public void refused(Transfer transfer, Arrived mdn) throws IOException {
    database.write(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("delete from async_mdn where message_id = ? and mdn = ?")) {
        delete.setString(1, transfer.messageId().value());
        delete.setBytes(2, octets(mdn));
        return delete.executeUpdate();
      }
    });
  }

  private void insert(Connection connection, MessageId id, byte[] mdn) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into async_mdn (message_id, arrived, mdn) values (?, ?, ?)")) {
      insert.setString(1, id.value());
      insert.setLong(2, clock.millis());
      insert.setBytes(3, mdn);
      insert.executeUpdate();
    }
  }

  private static byte[] octets(Arrived mdn) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.writeBytes(mdn.headers().toBytes());
    octets.writeBytes(mdn.body());
    return octets.toByteArray();
  }

  private void look() {
    try {
      List<MessageId> ids = List.copyOf(waiting.keySet());
      for (int first = 0; first < ids.size(); first += LOOKED_FOR_AT_ONCE) {
        look(ids.subList(first, Math.min(ids.size(), first + LOOKED_FOR_AT_ONCE)));
      }
    } catch (IOException | RuntimeException e) { // looked for again in a second
      LOG.log(Level.WARNING, "asynchronous MDNs cannot be looked for: " + e.getMessage());
    }
  }

  private void look(List<MessageId> ids) throws IOException {
    Map<MessageId, byte[]> found = database.read(connection -> find(connection, ids));
    for (Map.Entry<MessageId, byte[]> each : found.entrySet()) {
      CompletableFuture<Arrived> future = waiting.get(each.getKey());
      if (future != null) {
        future.complete(parsed(each.getValue()));
      }
    }
  }

  private static Map<MessageId, byte[]> find(Connection connection, List<MessageId> ids)
      throws SQLException {
    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (PreparedStatement select =
        connection.prepareStatement(
            "select message_id, mdn from async_mdn where message_id in ("
                + places
                + ") order by sequence")) {
      for (int i = 0; i < ids.size(); i++) {
        select.setString(i + 1, ids.get(i).value());
      }
      Map<MessageId, byte[]> found = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.putIfAbsent(new MessageId(rows.getString(1)), rows.getBytes(2));
        }
      }
      return found;
    }
  }

  private static Arrived parsed(byte[] octets) throws IOException {
    try {
      MimePart part = MimePart.parse(octets, Limits.HTTP_HEADER_BYTES);
      return new Arrived(part.headers(), part.body());
    } catch (MimeException e) {
      throw new IOException("a kept MDN cannot be read: " + e.getMessage(), e);
    }
  }

  /** Removes what came before this moment. */
  public void forget(Instant before) throws IOException {
    new OldRows(database, "async_mdn", "arrived").remove(before);
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
