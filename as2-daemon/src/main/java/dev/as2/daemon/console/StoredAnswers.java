package dev.as2.daemon.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
import dev.as2.core.Limits;
import dev.as2.core.Mdn;
import dev.as2.core.MdnReader;
import dev.as2.core.StoredFile;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import dev.as2.mime.IncomingEntity;
import dev.as2.mime.MimeException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Partners' answers as they are kept in {@code .mdn} files. What is shown of them is what the
 * partner wrote, whatever it is worth: the outcome record says that. Reads a few at a time.
 */
final class StoredAnswers {
  private static final long MAX_BYTES = Limits.ANSWER_BYTES + Limits.PART_HEADER_BYTES;

  private final Semaphore reads = new Semaphore(ServeLimits.CONSOLE_MDN_READS);

  /**
   * @param store where the file is
   * @throws Refusal where it is gone, or no answer
   */
  ObjectNode read(FileStore store, FilePath path) throws Refusal, IOException {
    if (!reads.tryAcquire()) {
      throw Refusal.tooMany("Too many MDNs are being read; try again.");
    }
    try {
      return shown(path, octets(store, path));
    } catch (As2Exception e) {
      throw Refusal.notFound(e.sentence());
    } catch (MimeException | EOFException e) {
      throw Refusal.notFound(path + " does not hold an answer that can be read.");
    } finally {
      reads.release();
    }
  }

  private static IncomingEntity octets(FileStore store, FilePath path) throws Refusal, IOException {
    StoredFile file = store.stat(path);
    if (file.length() > MAX_BYTES) {
      throw Refusal.notFound(path + " is larger than any answer.");
    }
    try (InputStream in = new BufferedInputStream(store.open(file, 0))) {
      IncomingEntity entity = IncomingEntity.read(in, Limits.PART_HEADER_BYTES);
      return new IncomingEntity(
          entity.headers(),
          entity.headerOctets(),
          new java.io.ByteArrayInputStream(entity.body().readAllBytes()));
    }
  }

  private static ObjectNode shown(FilePath path, IncomingEntity answer) throws IOException {
    byte[] body = answer.body().readAllBytes();
    ObjectNode node = Json.object().put("file", path.toString());
    headers(node.putArray("headers"), answer.headers());
    Optional<Mdn> mdn = MdnReader.read(answer.headers(), body);
    if (mdn.isPresent()) {
      node.put("text", mdn.get().text());
      headers(node.putArray("fields"), mdn.get().fields());
    } else {
      String text = new String(body, UTF_8);
      int most = Math.min(text.length(), ServeLimits.CONSOLE_ANSWER_CHARACTERS);
      node.put("answer", text.substring(0, most));
    }
    return node;
  }

  private static void headers(ArrayNode array, Headers headers) {
    for (Header header : headers) {
      array.addObject().put("name", header.name()).put("value", header.value());
    }
  }
}
