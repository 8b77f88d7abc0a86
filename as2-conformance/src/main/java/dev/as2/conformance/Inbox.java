package dev.as2.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which a receiver under test stores files, where it is at hand.
 *
 * @param folder the folder; files may be in folders below it
 */
record Inbox(Path folder) {
  private static final int DEPTH = 4;
  private static final String SOURCE = "draft-harding-ediint-filename-preservation §3, DRM 3Q08#1";

  /**
   * What is wrong with a file that was received.
   *
   * @param name how it is to be called
   * @param octets what it is to hold
   */
  List<Finding> missing(String name, byte[] octets) throws IOException {
    List<Path> same = withContent(octets);
    if (same.isEmpty()) {
      return List.of(
          new Finding(
              "The endpoint accepted a message, and no file in %s holds its octets."
                  .formatted(folder),
              "RFC 4130 §7.5.2"));
    }
    if (same.stream().anyMatch(file -> String.valueOf(file.getFileName()).equals(name))) {
      return List.of();
    }
    return List.of(
        new Finding(
            "The endpoint stored a file as '%s', and its name is '%s'."
                .formatted(String.valueOf(same.get(0).getFileName()), name),
            SOURCE));
  }

  private List<Path> withContent(byte[] octets) throws IOException {
    try (Stream<Path> files =
        Files.find(folder, DEPTH, (file, is) -> is.isRegularFile() && is.size() == octets.length)) {
      Path expected = Files.createTempFile("as2-conformance-", ".payload");
      try {
        Files.write(expected, octets);
        return files.filter(file -> equal(file, expected)).toList();
      } finally {
        Files.delete(expected);
      }
    }
  }

  private static boolean equal(Path file, Path expected) {
    try {
      return Files.mismatch(file, expected) < 0;
    } catch (IOException e) {
      return false; // it went while we looked: not the one
    }
  }
}
