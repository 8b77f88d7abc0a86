package dev.as2.daemon.state;

import dev.as2.core.ConnectorId;
import dev.as2.core.FilePath;
import dev.as2.core.MessageId;
import dev.as2.core.TransferId;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The transfers in the daemon's database. Custom headers are kept encrypted. */
public final class SqlTransfers implements Transfers {
  private static final String INSERT =
      "insert into transfer_file (transfer_id, number, connector_id, file_path, message_id,"
          + " resend_of, resend_of_number, requester, status, accepted, attempts, cancelling,"
          + " headers, version) values (?, ?, ?, ?, ?, ?, ?, ?, 'QUEUED', ?, 0, 0, ?, ?)";

  private final Database database;
  private final SealedColumns columns;
  private final Clock clock;
  private final SecureRandom random;
  private volatile Consumer<ConnectorId> changed = id -> {};

  /**
   * @param random draws the ids of transfers and messages
   */
  public SqlTransfers(Database database, Vault vault, Clock clock, SecureRandom random) {
    this.database = database;
    this.columns = new SealedColumns(vault);
    this.clock = clock;
    this.random = random;
  }

  /** Who hears, after the commit, for which connector there is something to do. */
  public void onChange(Consumer<ConnectorId> listener) {
    changed = listener;
  }

  /** A file that is about to be accepted; drawn before the work, which may run twice. */
  private record NewFile(
      FileKey key,
      FilePath file,
      Optional<String> version,
      MessageId messageId,
      Optional<FileKey> resendOf) {}

  @Override
  public TransferId accept(Order order) throws IOException {
    List<NewFile> files = drawn(order, Optional.empty());
    Instant now = clock.instant();
    database.write(connection -> insert(connection, order, files, now));
    changed.accept(order.connectorId());
    return files.get(0).key().transferId();
  }

  /**
   * Accepts an order in the transaction of something else, where that is so.
   *
   * @param version of its files that is to be sent, and no other
   * @return whether it was so
   */
  boolean accept(Order order, String version, Database.Work<Boolean> where) throws IOException {
    List<NewFile> files = drawn(order, Optional.of(version));
    Instant now = clock.instant();
    boolean accepted =
        database.write(
            connection -> where.run(connection) && insert(connection, order, files, now));
    if (accepted) {
      changed.accept(order.connectorId());
    }
    return accepted;
  }

  private List<NewFile> drawn(Order order, Optional<String> version) {
    TransferId id = TransferId.random(random);
    List<NewFile> files = new ArrayList<>();
    for (FilePath file : order.files()) {
      FileKey key = new FileKey(id, files.size());
      files.add(new NewFile(key, file, version, MessageId.random(random), Optional.empty()));
    }
    return files;
  }

  /** The files and the lane that takes them, in one transaction. */
  private boolean insert(Connection connection, Order order, List<NewFile> files, Instant now)
      throws SQLException, IOException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (NewFile file : files) {
        FileRow.setKey(insert, 1, file.key());
        insert.setString(3, order.connectorId().value());
        insert.setString(4, file.file().toString());
        insert.setString(5, file.messageId().value());
        insert.setString(6, file.resendOf().map(key -> key.transferId().value()).orElse(null));
        insert.setObject(7, file.resendOf().map(FileKey::number).orElse(null));
        insert.setString(8, order.requester());
        insert.setLong(9, now.toEpochMilli());
        insert.setBytes(10, columns.headers(file.key(), order.headers()).orElse(null));
        insert.setString(11, file.version().orElse(null));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    Errands.hurry(connection, Lane.TASK, order.connectorId().value(), now);
    return true;
  }

  @Override
  public List<FileState> files(TransferId transferId) throws IOException {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select * from transfer_file where transfer_id = ? order by number")) {
        select.setString(1, transferId.value());
        return FileRow.all(select);
      }
    });
  }

  @Override
  public Optional<FileState> file(FileKey key) throws IOException {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select * from transfer_file where transfer_id = ? and number = ?")) {
        FileRow.setKey(select, 1, key);
        return FileRow.all(select).stream().findFirst();
      }
    });
  }

  @Override
  public List<FileState> search(Search search) throws IOException {
    StringBuilder sql = new StringBuilder("select * from transfer_file where 1 = 1");
    List<Object> values = new ArrayList<>();
    search
        .connectorId()
        .ifPresent(id -> {
          sql.append(" and connector_id = ?");
          values.add(id.value());
        });
    search
        .status()
        .ifPresent(status -> {
          sql.append(" and status = ?");
          values.add(status.name());
        });
    search
        .before()
        .ifPresent(before -> {
          sql.append(" and sequence < ?");
          values.add(before);
        });
    search
        .text()
        .ifPresent(text -> {
          sql.append(" and (lower(file_path) like ? escape '!' or transfer_id like ? escape '!'");
          sql.append(" or message_id like ? escape '!' or lower(failure_code) like ? escape '!')");
          String part = "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
          values.addAll(List.of(part, part, part, part));
        });
    sql.append(" order by sequence desc limit ?");
    values.add(search.limit());
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
        for (int i = 0; i < values.size(); i++) {
          select.setObject(i + 1, values.get(i));
        }
        return FileRow.all(select);
      }
    });
  }

  @Override
  public boolean cancel(FileKey key) throws IOException {
    Optional<FileState> file = file(key);
    if (file.isEmpty()) {
      return false;
    }
    Instant now = clock.instant();
    boolean open =
        database.write(connection -> {
          boolean cancelling = cancel(connection, key);
          if (cancelling) {
            Errands.hurry(connection, Lane.TASK, file.get().connectorId().value(), now);
          }
          return cancelling;
        });
    if (open) {
      changed.accept(file.get().connectorId());
    }
    return open;
  }

  private static boolean cancel(Connection connection, FileKey key) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update transfer_file set cancelling = 1,"
                + " rests_until = case when rests_until is null then null else 0 end"
                + " where transfer_id = ? and number = ? and status in ('QUEUED', 'IN_PROGRESS')")) {
      FileRow.setKey(update, 1, key);
      return update.executeUpdate() == 1;
    }
  }

  @Override
  public Optional<TransferId> resend(FileKey key, String requester) throws IOException {
    Optional<FileState> ended = file(key).filter(file -> file.ended().isPresent());
    if (ended.isEmpty()) {
      return Optional.empty();
    }
    FileState file = ended.get();
    TransferId id = TransferId.random(random);
    NewFile again =
        new NewFile(
            new FileKey(id, 0),
            file.file(),
            Optional.empty(),
            MessageId.random(random),
            Optional.of(file.key()));
    Instant now = clock.instant();
    boolean accepted =
        database.write(connection -> {
          Optional<byte[]> headers = headers(connection, key);
          Order order =
              new Order(
                  file.connectorId(),
                  List.of(file.file()),
                  columns.headers(key, headers),
                  requester);
          return insert(connection, order, List.of(again), now);
        });
    if (accepted) {
      changed.accept(file.connectorId());
    }
    return Optional.of(id);
  }

  /** The headers of a file, as they are kept. */
  private static Optional<byte[]> headers(Connection connection, FileKey key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select headers from transfer_file where transfer_id = ? and number = ?")) {
      FileRow.setKey(select, 1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
      }
    }
  }
}
