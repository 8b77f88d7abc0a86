package dev.as2.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One sub-folder's descriptions by the ids that they give themselves; their files may have any name
 * that ends in {@code .json}.
 */
final class Documents {
  private final String kind;
  private final Map<String, Document> byId;

  private Documents(String kind, Map<String, Document> byId) {
    this.kind = kind;
    this.byId = byId;
  }

  /**
   * A description.
   *
   * @param name how faults name its file: {@code connectors/acme.json}
   */
  record Document(String name, ObjectNode tree) {
    Members members() {
      return Members.of(name, tree);
    }
  }

  /**
   * Reads the folder of a kind, for example {@code Connector} in {@code connectors/}; none is there
   * where the folder is not.
   */
  static Documents read(Path root, String kind) throws IOException {
    Map<String, Document> byId = new TreeMap<>();
    for (Path file : jsonFiles(root.resolve(folder(kind)))) {
      String name = folder(kind) + "/" + file.getFileName();
      Document document = new Document(name, Json.read(file, name));
      String id = document.tree().path(kind).path(kind + "Id").asText();
      if (id.isEmpty()) {
        throw fault(name + ": " + kind + "." + kind + "Id is missing.");
      }
      Document other = byId.put(id, document);
      if (other != null) {
        throw fault(other.name() + " and " + name + " have the same " + kind + "Id " + id + ".");
      }
    }
    return new Documents(kind, byId);
  }

  /** The sub-folder of a kind. */
  static String folder(String kind) {
    return kind.toLowerCase(Locale.ROOT) + "s";
  }

  private static List<Path> jsonFiles(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.json")) {
        all.forEach(files::add);
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    files.sort(null);
    return files;
  }

  Document get(String id) throws As2Exception {
    Document document = byId.get(id);
    if (document == null) {
      throw new As2Exception(
          FailureCode.CONNECTOR_NOT_FOUND,
          "There is no "
              + kind.toLowerCase(Locale.ROOT)
              + " "
              + id
              + "; "
              + folder(kind)
              + "/ has "
              + (byId.isEmpty() ? "none" : String.join(", ", byId.keySet()))
              + ".");
    }
    return document;
  }

  Collection<String> ids() {
    return byId.keySet();
  }

  private static As2Exception fault(String sentence) {
    return new As2Exception(FailureCode.INVALID_CONFIGURATION, sentence);
  }
}
