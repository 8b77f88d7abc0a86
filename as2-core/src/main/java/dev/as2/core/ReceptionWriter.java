package dev.as2.core;

import dev.as2.core.Reception.ReceivedFile;
import dev.as2.core.SendResult.ResultFiles;
import dev.as2.mime.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes the two result files of a message that was received: its MDN, and then its record, so that
 * the record's presence means that all else is there. Writing the same again is harmless.
 */
final class ReceptionWriter {
  private final FileStore store;
  private final ReceiveFolders folders;

  ReceptionWriter(FileStore store, ReceiveFolders folders) {
    this.store = store;
    this.folders = folders;
  }

  /**
   * Writes them, and gives the reception that says where they are.
   *
   * @param mdn the octets of the {@code .mdn} file, where there is an MDN
   * @throws IOException where the store takes one of them not: the message is then not answered
   */
  Reception write(Reception reception, Optional<byte[]> mdn) throws IOException {
    ReceivedNames names = new ReceivedNames(folders, reception.key().messageId());
    Optional<String> name =
        reception.content().files().stream().findFirst().flatMap(ReceivedFile::senderName);
    Optional<FilePath> mdnPath = Optional.empty();
    if (mdn.isPresent()) {
      FilePath path = names.mdn(name, reception.status());
      store.write(path, Content.of(mdn.get()), "application/octet-stream");
      mdnPath = Optional.of(path);
    }
    FilePath json = names.json(name, reception.status());
    byte[] record = ReceptionRecord.json(reception).getBytes(StandardCharsets.UTF_8);
    store.write(json, Content.of(record), "application/json");
    return new Reception(
        reception.key(),
        reception.origin(),
        reception.content(),
        reception.disposition(),
        reception.failure(),
        reception.receipt(),
        reception.warnings(),
        new ResultFiles(Optional.of(json), mdnPath));
  }
}
