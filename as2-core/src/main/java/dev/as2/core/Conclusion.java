package dev.as2.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorOptions.ResultLayout;
import dev.as2.core.SendResult.PackedMessage;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.SendResult.ResultFiles;
import dev.as2.core.SendResult.Transfer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a transfer ended, before its results are written: all that they are made of.
 *
 * @param result without its files
 * @param mdn the octets of the {@code .mdn} file, where the partner answered
 * @param ended when
 * @param place where the files go
 * @param mdnWanted whether an MDN was asked for
 */
@SuppressWarnings("ArrayRecordComponent")
record Conclusion(
    SendResult result, Optional<byte[]> mdn, Instant ended, ResultPlace place, boolean mdnWanted) {

  /** As a journal keeps it. */
  byte[] octets() {
    ObjectNode note = Note.members();
    result.failure().ifPresent(failure -> AttemptsNote.add(note, failure));
    result.message().ifPresent(message -> add(note.putObject("message"), message));
    result.receipt().ifPresent(receipt -> add(note.putObject("receipt"), receipt));
    AttemptsNote.add(note, result.attempts());
    addAll(note.putArray("warnings"), result.warnings());
    note.put("ended", ended.toString());
    note.put("layout", place.layout().name());
    place.accessRole().ifPresent(role -> note.put("access-role", role));
    note.put("mdn-wanted", mdnWanted);
    mdn.ifPresent(octets -> note.put("mdn", octets));
    return Note.octets(Note.Kind.ANSWER, result.transfer().messageId(), note);
  }

  private static void add(ObjectNode node, PackedMessage message) {
    node.put("as2-from", message.as2From().value());
    node.put("as2-to", message.as2To().value());
    node.put("subject", message.subject());
    node.put("content-type", message.contentType());
    addAll(node.putArray("layers"), message.layers());
    node.put("file-bytes", message.fileBytes());
  }

  private static void add(ObjectNode node, Receipt receipt) {
    node.put("disposition", receipt.disposition());
    receipt.messageId().ifPresent(id -> node.put("message-id", id.value()));
    receipt.subject().ifPresent(subject -> node.put("subject", subject));
    node.put("text", receipt.text());
    node.put("signed", receipt.signed());
    receipt.mic().ifPresent(mic -> node.put("mic", mic.toString()));
    node.put("mic-match", receipt.micMatch());
  }

  private static void addAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  /**
   * What {@link #octets} has written.
   *
   * @throws As2Exception {@code JOURNAL_DAMAGED}
   */
  static Conclusion read(byte[] octets, Transfer transfer) throws As2Exception {
    return Note.read(
        Note.Kind.ANSWER, transfer.messageId(), octets, note -> conclusion(note, transfer));
  }

  private static Conclusion conclusion(JsonNode note, Transfer transfer) throws IOException {
    SendResult result =
        new SendResult(
            transfer,
            AttemptsNote.failure(note),
            note.has("message") ? Optional.of(message(note.required("message"))) : Optional.empty(),
            note.has("receipt") ? Optional.of(receipt(note.required("receipt"))) : Optional.empty(),
            AttemptsNote.attempts(note),
            texts(note.required("warnings")),
            ResultFiles.NONE);
    return new Conclusion(
        result,
        note.has("mdn") ? Optional.of(Note.octets(note, "mdn")) : Optional.empty(),
        Note.instant(note, "ended"),
        new ResultPlace(
            ResultLayout.valueOf(Note.text(note, "layout")), Note.optional(note, "access-role")),
        note.required("mdn-wanted").booleanValue());
  }

  private static PackedMessage message(JsonNode node) {
    return new PackedMessage(
        new As2Id(Note.text(node, "as2-from")),
        new As2Id(Note.text(node, "as2-to")),
        Note.text(node, "subject"),
        Note.text(node, "content-type"),
        texts(node.required("layers")),
        Note.number(node, "file-bytes"));
  }

  private static Receipt receipt(JsonNode node) {
    return new Receipt(
        Note.text(node, "disposition"),
        Note.optional(node, "message-id").map(MessageId::new),
        Note.optional(node, "subject"),
        Note.text(node, "text"),
        node.required("signed").booleanValue(),
        Note.optional(node, "mic").flatMap(Mic::parse),
        Note.text(node, "mic-match"));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
