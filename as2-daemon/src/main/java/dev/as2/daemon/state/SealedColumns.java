package dev.as2.daemon.state;

import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.mime.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns of {@code transfer_file} that hold keys or what users send along: encrypted. */
final class SealedColumns {
  private final Vault vault;

  /** Which column; its name is part of what a ciphertext is bound to. */
  enum Column {
    HEADERS,
    SEAL,
    TRIED,
    ANSWER;

    /** Its name in SQL. */
    String sql() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  SealedColumns(Vault vault) {
    this.vault = vault;
  }

  private static String place(FileKey key, Column column) {
    return "transfer_file/" + key.transferId() + "/" + key.number() + "/" + column.sql();
  }

  byte[] encrypted(FileKey key, Column column, byte[] octets) throws IOException {
    return vault.seal(place(key, column), octets);
  }

  byte[] decrypted(FileKey key, Column column, byte[] octets) throws IOException {
    return vault.open(place(key, column), octets);
  }

  /** Headers as they are kept; nothing where there are none. */
  Optional<byte[]> headers(FileKey key, List<Header> headers) throws IOException {
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    String lines =
        headers.stream()
            .map(header -> header.name() + ":" + header.value())
            .collect(Collectors.joining("\n"));
    return Optional.of(encrypted(key, Column.HEADERS, lines.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Headers as they were. */
  List<Header> headers(FileKey key, Optional<byte[]> kept) throws IOException {
    List<Header> headers = new ArrayList<>();
    if (kept.isPresent()) {
      byte[] octets = decrypted(key, Column.HEADERS, kept.get());
      for (String line : new String(octets, StandardCharsets.US_ASCII).split("\n", -1)) {
        int colon = line.indexOf(':');
        headers.add(new Header(line.substring(0, colon), line.substring(colon + 1)));
      }
    }
    return headers;
  }
}
