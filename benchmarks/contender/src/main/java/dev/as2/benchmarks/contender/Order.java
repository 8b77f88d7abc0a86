package dev.as2.benchmarks.contender;

import java.nio.file.Path;

/**
 * One command: {@code send FILE COUNT THREADS}. The file's path may have spaces in it.
 *
 * @param file what is sent
 * @param count how often, each time as a message of its own
 * @param threads how many messages are under way at once
 */
record Order(Path file, int count, int threads) {

  Order {
    if (count < 1 || threads < 1) {
      throw new IllegalArgumentException("COUNT and THREADS must be at least 1");
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is no such command
   */
  static Order parse(String line) {
    int threads = line.lastIndexOf(' ');
    int count = line.lastIndexOf(' ', threads - 1);
    if (!line.startsWith("send ") || count <= 4) {
      throw new IllegalArgumentException("not of the form send FILE COUNT THREADS: " + line);
    }
    return new Order(
        Path.of(line.substring(5, count)),
        Integer.parseInt(line.substring(count + 1, threads)),
        Integer.parseInt(line.substring(threads + 1)));
  }
}
