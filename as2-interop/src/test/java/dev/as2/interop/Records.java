package dev.as2.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.SendResult.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Holds result files against the result that they are of. */
final class Records {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Records() {}

  /**
   * The record says what the result says, both files stand in that folder under the names that they
   * are to have, and the MDN is there where something was answered.
   *
   * @param folder of the file that was sent, or what it was to be below, such as {@code failed/}
   */
  static JsonNode assertThatFilesMatch(SendResult result, FileStore store, String folder)
      throws IOException {
    Transfer transfer = result.transfer();
    String name = transfer.file().name();
    int dot = name.lastIndexOf('.');
    String stem =
        "%s%s.%s.%s%s"
            .formatted(
                folder,
                name.substring(0, dot),
                transfer.transferId(),
                transfer.messageId(),
                name.substring(dot));
    FilePath json = result.files().json().orElseThrow();
    assertThat(json.key()).isEqualTo(stem + ".json");
    JsonNode record = JSON.readTree(octets(store, json));
    assertThat(text(record, "status-code")).hasValue(result.status().name());
    assertThat(text(record, "failure-code")).isEqualTo(result.failure().map(f -> f.code().name()));
    assertThat(text(record, "mic-match")).isEqualTo(result.receipt().map(Receipt::micMatch));
    assertThat(text(record, "disposition")).isEqualTo(result.receipt().map(Receipt::disposition));
    assertThat(text(record, "as2-message-id")).hasValue(transfer.messageId().value());
    assertThat(text(record, "file-path")).hasValue(transfer.file().toString());
    if (result.files().mdn().isPresent()) {
      assertThat(result.files().mdn().get().key()).isEqualTo(stem + ".mdn");
    } else {
      assertThat(result.receipt()).isEmpty();
    }
    return record;
  }

  /** A stored file whole. */
  static byte[] octets(FileStore store, FilePath path) throws IOException {
    try (InputStream in = store.open(store.stat(path), 0)) {
      return in.readAllBytes();
    }
  }

  private static Optional<String> text(JsonNode record, String member) {
    return Optional.ofNullable(record.get(member)).map(JsonNode::asText);
  }
}
