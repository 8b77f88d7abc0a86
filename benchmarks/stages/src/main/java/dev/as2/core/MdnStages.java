package dev.as2.core;

import dev.as2.core.Sent.MdnRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A recorded signed MDN, SHA-256 with RSA-2048. One operation is one MDN. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
public class MdnStages {
  private final As2Response answer = answer();
  private final Sent sent = Answers.sent(MdnRequest.SIGNED);

  private static As2Response answer() {
    try {
      return Answers.file("signed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds and reads the MDN in the answer. */
  @Benchmark
  public Optional<?> parse() throws IOException {
    return MdnReader.read(answer.headers(), answer.body());
  }

  /** Reads it, and holds it against the message: names, signature, MIC. */
  @Benchmark
  public Object verify() {
    Verdict verdict = Answers.judge(sent, answer);
    if (!verdict.isSuccess()) {
      throw new IllegalStateException("the MDN was not accepted: " + verdict.failure());
    }
    return verdict;
  }
}
