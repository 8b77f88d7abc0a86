package dev.as2.daemon;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/**
 * One run of the command in this process.
 *
 * @param exitCode what the process would have ended with
 * @param out what it printed
 * @param err what it complained of
 */
record Run(int exitCode, String out, String err) {
  static Run of(Object... args) {
    String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        As2Command.commandLine(words)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return new Run(command.execute(words), out.toString(), err.toString());
  }

  /** The last word of the line that begins with {@code name}. */
  String value(String name) {
    List<String> lines = out.lines().filter(line -> line.startsWith(name + " ")).toList();
    if (lines.size() != 1) {
      throw new AssertionError("not one line of " + name + " in: " + out + err);
    }
    String[] words = lines.get(0).split("\\s+");
    return words[words.length - 1];
  }
}
