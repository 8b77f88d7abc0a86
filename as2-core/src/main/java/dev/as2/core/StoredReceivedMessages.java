package dev.as2.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Received messages as files of a store: {@code accepted/} has a file for each message that was
 * accepted, and {@code undelivered/} one for each asynchronous MDN that is still to be posted. Safe
 * for use by several threads and processes.
 */
public final class StoredReceivedMessages implements ReceivedMessages {
  private static final String JSON = "application/json";

  /** How many files are looked through at a time. */
  private static final int PAGE = 1_000;

  private final FileStore store;
  private final FolderPath accepted;
  private final FolderPath undelivered;

  /**
   * @param folder has nothing else in it
   */
  public StoredReceivedMessages(FileStore store, FolderPath folder) {
    this.store = store;
    this.accepted = folder.folder("accepted");
    this.undelivered = folder.folder("undelivered");
  }

  @Override
  public Optional<Kept> accepted(MessageKey key) throws IOException {
    return read(accepted.file(name(key))).filter(kept -> kept.key().equals(key));
  }

  @Override
  public Kept keep(Kept kept) throws IOException {
    Content content = Content.of(octets(kept));
    String name = name(kept.key());
    if (kept.accepted() && !store.writeIfAbsent(accepted.file(name), content, JSON)) {
      return accepted(kept.key()).orElse(kept);
    }
    if (kept.deliverTo().isPresent()) {
      store.write(undelivered.file(name), content, JSON);
    }
    return kept;
  }

  @Override
  public void delivered(MessageKey key) throws IOException {
    store.delete(undelivered.file(name(key)));
  }

  @Override
  public List<Kept> undelivered(int limit) throws IOException {
    List<Kept> found = new ArrayList<>();
    for (StoredFile file : store.list(undelivered.bucket(), undelivered.prefix(), limit)) {
      read(file.path()).ifPresent(found::add);
    }
    return found;
  }

  /** Looks through the files of each folder that come first by name, at most 1,000 of them. */
  @Override
  public void forget(Instant before) throws IOException {
    for (FolderPath folder : List.of(accepted, undelivered)) {
      for (StoredFile file : store.list(folder.bucket(), folder.prefix(), PAGE)) {
        if (file.modified().isBefore(before)) {
          store.delete(file.path());
        }
      }
    }
  }

  /** No partner's text is in it, so that no two messages share one and none leaves the folder. */
  private static String name(MessageKey key) {
    return TextDigest.of(key.from().toHeader() + " " + key.to().toHeader() + " " + key.messageId());
  }

  private Optional<Kept> read(FilePath path) throws IOException {
    try (InputStream in = store.open(store.stat(path), 0)) {
      return Optional.of(parse(in.readNBytes(Limits.KEPT_ANSWER_BYTES)));
    } catch (As2Exception e) {
      if (e.code() == FailureCode.SEND_FILE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static byte[] octets(Kept kept) {
    ObjectNode note = Note.members();
    note.put("from", kept.key().from().value());
    note.put("to", kept.key().to().value());
    note.put("message-id", kept.key().messageId().value());
    note.put("received", kept.received().toString());
    note.put("accepted", kept.accepted());
    kept.mic().ifPresent(mic -> note.put("mic", mic.toString()));
    note.put("mdn", kept.mdn());
    kept.deliverTo().ifPresent(url -> note.put("deliver-to", url.toString()));
    return note.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Kept parse(byte[] octets) throws IOException {
    try {
      JsonNode note = Note.parse(octets);
      return new Kept(
          new MessageKey(
              new As2Id(Note.text(note, "from")),
              new As2Id(Note.text(note, "to")),
              new MessageId(Note.text(note, "message-id"))),
          Note.instant(note, "received"),
          note.required("accepted").booleanValue(),
          Note.optional(note, "mic").flatMap(Mic::parse),
          Note.octets(note, "mdn"),
          Note.optional(note, "deliver-to").map(URI::create));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("a kept answer cannot be read: " + e.getMessage(), e);
    }
  }
}
