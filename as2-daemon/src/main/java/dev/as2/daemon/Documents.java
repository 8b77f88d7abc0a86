package dev.as2.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
  private final Map<String, Document> byId = new TreeMap<>();

  /** What is wrong, a sentence each, by the names of the files. */
  private final Map<String, String> broken = new TreeMap<>();

  private Documents(String kind) {
    this.kind = kind;
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
   * where the folder is not. Files that cannot be read are told of when somebody asks for an id
   * that may be theirs.
   */
  static Documents read(Path root, String kind) throws IOException {
    Documents all = new Documents(kind);
    for (Path file : jsonFiles(root.resolve(folder(kind)))) {
      String name = folder(kind) + "/" + file.getFileName();
      try {
        all.add(new Document(name, Json.read(file, name)));
      } catch (IOException e) {
        all.broken.put(name, Sentences.of(e));
      }
    }
    return all;
  }

  private void add(Document document) throws As2Exception {
    String id = document.tree().path(kind).path(kind + "Id").asText();
    if (id.isEmpty()) {
      throw fault(document.name() + ": " + kind + "." + kind + "Id is missing.");
    }
    Document other = byId.get(id);
    if (other != null) {
      byId.remove(id); // nobody can tell which of them is meant
      String both = other.name() + " and " + document.name();
      broken.put(other.name(), both + " have the same " + kind + "Id " + id + ".");
      throw fault(both + " have the same " + kind + "Id " + id + ".");
    }
    byId.put(id, document);
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
    if (document != null) {
      return document;
    }
    String missing =
        "There is no %s %s; %s/ has %s"
            .formatted(
                kind.toLowerCase(Locale.ROOT),
                id,
                folder(kind),
                byId.isEmpty() ? "none" : String.join(", ", byId.keySet()));
    if (broken.isEmpty()) {
      throw new As2Exception(FailureCode.CONNECTOR_NOT_FOUND, missing + ".");
    }
    throw fault(missing + ", and files that cannot be used: " + String.join(" ", broken.values()));
  }

  /** What is wrong with files that cannot be used, a sentence each, by their names. */
  Map<String, String> broken() {
    return Collections.unmodifiableMap(broken);
  }

  Collection<String> ids() {
    return byId.keySet();
  }

  private static As2Exception fault(String sentence) {
    return new As2Exception(FailureCode.INVALID_CONFIGURATION, sentence);
  }
}
