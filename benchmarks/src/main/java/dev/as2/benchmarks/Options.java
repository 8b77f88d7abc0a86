package dev.as2.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param rows the ids to run; all where there are none
 * @param rounds how often each work is measured; odd
 * @param smoke tiny sizes and counts, to see that everything works
 * @param peers whether the others run, too
 * @param keep whether the folder of the run stays
 */
record Options(List<String> rows, int rounds, boolean smoke, boolean peers, boolean keep) {
  static final String USAGE =
      """
      usage: benchmarks/run [--rows ID,ID] [--rounds N] [--smoke] [--no-peers] [--keep]
        --rows ID,ID  only these rows; the result goes to benchmarks/target/partial.json
        --rounds N    how often each work is measured, an odd number; 3
        --smoke       everything in tiny, to see that it works; benchmarks/target/smoke.json
        --no-peers    without the other products; benchmarks/target/partial.json
        --keep        keep the folder of the run, with the logs of all processes
      """;

  Options {
    rows = List.copyOf(rows);
    if (rounds < 1 || rounds % 2 == 0) {
      throw new IllegalArgumentException("--rounds has to be odd, and is " + rounds);
    }
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException where it is wrong
   */
  static Options parse(String... arguments) {
    List<String> rows = List.of();
    Optional<Integer> rounds = Optional.empty();
    boolean smoke = false;
    boolean peers = true;
    boolean keep = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--rows" -> rows = List.of(value(arguments, ++i).split(","));
        case "--rounds" -> rounds = Optional.of(Integer.parseInt(value(arguments, ++i)));
        case "--smoke" -> smoke = true;
        case "--no-peers" -> peers = false;
        case "--keep" -> keep = true;
        default -> throw new IllegalArgumentException("unknown: " + arguments[i]);
      }
    }
    return new Options(rows, rounds.orElse(smoke ? 1 : 3), smoke, peers, keep);
  }

  /** Whether every row is measured in full, so that it is what the documents show. */
  boolean isWhole() {
    return rows.isEmpty() && peers && !smoke;
  }

  private static String value(String[] arguments, int index) {
    if (index == arguments.length) {
      throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
    }
    return arguments[index];
  }
}
