package dev.as2.benchmarks.stages;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of the stages with short settings, about three minutes for all, and writes
 * JMH's JSON: operations per second, as {@code bytesPerSecond} the content that went through, and
 * as {@code gc.alloc.rate.norm} the bytes allocated per message.
 *
 * <p>For other settings there is JMH's own {@code org.openjdk.jmh.Main} on the same class path.
 */
public final class Stages {
  private Stages() {}

  /**
   * @param arguments the file to write, then regular expressions of the benchmarks to run, all
   *     where there are none
   */
  public static void main(String[] arguments) throws RunnerException {
    if (arguments.length == 0) {
      System.err.println("usage: Stages FILE [BENCHMARK...]");
      System.exit(2);
    }
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(3)
            .measurementTime(TimeValue.seconds(1))
            .jvmArgs("-Xms512m", "-Xmx512m")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      options.include(arguments[i]);
    }
    new Runner(options.build()).run();
  }
}
