package dev.as2.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts our sender. */
final class OurContestants {
  private OurContestants() {}

  static Contestant start(Lab lab, String url, Lab.Traffic traffic, SendBench.Ours how)
      throws IOException {
    return new Contestant("ours", lab.start(command(lab, OurSender.class, url, traffic, how)));
  }

  /**
   * How one of the mains on {@link OurEngine} is started.
   *
   * @param more further arguments
   */
  static Child.Command command(
      Lab lab, Class<?> main, String url, Lab.Traffic traffic, SendBench.Ours how, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(lab.arguments(url, traffic));
    arguments.add(
        "results="
            + (how.results() == SendBench.Results.ON_DISK
                ? lab.scratch("ours")
                : lab.scratchInMemory("ours")));
    arguments.addAll(Arrays.asList(more));
    Child.Command command = lab.ours("ours", main, how.heap(), arguments);
    return how.rsa() == SendBench.Rsa.JDK ? command.without(FastRsa.JAR) : command;
  }
}
