package dev.as2.core;

import static java.util.Map.entry;

import dev.as2.core.As2Config.PreserveContentType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which content type a file is sent with. */
final class ContentTypes {
  private static final String UNKNOWN = "application/octet-stream";
  private static final String X12 = "application/edi-x12";
  private static final String EDIFACT = "application/edifact";

  /** RFC 1767, RFC 7303, and what registries say. */
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          entry("x12", X12),
          entry("ansi", X12),
          entry("edifact", EDIFACT),
          entry("edf", EDIFACT),
          entry("xml", "application/xml"),
          entry("json", "application/json"),
          entry("txt", "text/plain"),
          entry("csv", "text/csv"),
          entry("pdf", "application/pdf"),
          entry("zip", "application/zip"),
          entry("gz", "application/gzip"),
          entry("xls", "application/vnd.ms-excel"),
          entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));

  private ContentTypes() {}

  /**
   * The type that the store keeps, where it is to be preserved, else by the name's extension. An
   * {@code .edi} file is looked into: X12 begins with ISA, EDIFACT with UNA or UNB.
   */
  static String of(StoredFile file, FileStore store, PreserveContentType preserve)
      throws IOException {
    Optional<String> kept =
        file.contentType().filter(t -> t.matches("[!-~]+/[ -~]+")).map(String::strip);
    if (preserve == PreserveContentType.ENABLED && kept.isPresent()) {
      return kept.get();
    }
    String name = file.path().name();
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    if (extension.equals("edi")) {
      return sniffed(file, store);
    }
    return BY_EXTENSION.getOrDefault(extension, UNKNOWN);
  }

  private static String sniffed(StoredFile file, FileStore store) throws IOException {
    try (InputStream in = store.open(file, 0)) {
      String start = new String(in.readNBytes(3), StandardCharsets.US_ASCII);
      return switch (start) {
        case "ISA" -> X12;
        case "UNA", "UNB" -> EDIFACT;
        default -> UNKNOWN;
      };
    }
  }
}
