package dev.as2.benchmarks.contender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ContenderTest {
  private static final String[] ARGUMENTS = {
    "url=http://127.0.0.1:1/", "keystore=keys.p12", "compress=false", "mdn=none"
  };

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeAFile() throws IOException {
    file = Files.write(folder.resolve("a file.edi"), new byte[10]);
  }

  @Test
  void answersEachCommandWithWhatItTook() throws IOException {
    AtomicInteger sent = new AtomicInteger();

    List<String> answers =
        blocking(path -> sent.incrementAndGet(), "send " + file + " 7 3", "send " + file + " 5 1");

    assertEquals(12, sent.get());
    assertEquals(2, answers.size());
    String number = "[0-9]+\\.[0-9]+";
    assertTrue(
        answers
            .get(0)
            .matches(
                "\\{\"seconds\":N,\"cpuSeconds\":N,\"peakRssMiB\":N,\"messages\":7,\"bytes\":70}"
                    .replace("N", number)),
        answers.get(0));
  }

  @Test
  void sendsAsManyAtOnceAsItIsTold() throws IOException {
    CyclicBarrier four = new CyclicBarrier(4);

    List<String> answers =
        blocking(path -> four.await(10, TimeUnit.SECONDS), "send " + file + " 8 4");

    assertTrue(answers.get(0).contains("\"messages\":8"), answers.get(0));
  }

  @Test
  void keepsNoMoreInFlightThanItIsTold() throws IOException {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AsyncSender sender =
        path -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          return CompletableFuture.runAsync(
              inFlight::decrementAndGet,
              CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
        };

    List<String> answers = serve(setup -> new Crowd(sender), "send " + file + " 100 5");

    assertTrue(answers.get(0).contains("\"messages\":100"), answers.get(0));
    assertTrue(most.get() <= 5, "in flight: " + most);
  }

  @Test
  void answersAFailureInOneLineAndGoesOn() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    Sender sender =
        path -> {
          if (calls.incrementAndGet() == 2) {
            throw new IOException("a \"quoted\"\nsecond line");
          }
        };

    List<String> answers = blocking(sender, "send " + file + " 4 2", "send " + file + " 1 1");

    assertEquals(
        "{\"error\":\"java.io.IOException: a \\\"quoted\\\" second line\"}", answers.get(0));
    assertTrue(answers.get(1).contains("\"messages\":1"), answers.get(1));
  }

  @Test
  void aThreadOfThePeerThatDiesEndsTheCommand() throws IOException {
    AsyncSender sender =
        path -> {
          new Thread(
                  () -> {
                    throw new IllegalStateException("dead");
                  })
              .start();
          return new CompletableFuture<>();
        };

    List<String> answers = serve(setup -> new Crowd(sender), "send " + file + " 3 2");

    assertEquals(List.of("{\"error\":\"java.lang.IllegalStateException: dead\"}"), answers);
  }

  @Test
  void saysWithEachCommandThatItCouldNotBeSetUp() throws IOException {
    List<String> answers =
        serve(
            setup -> {
              throw new UnsupportedOperationException("no MDN");
            },
            "send " + file + " 1 1",
            "nonsense");

    assertTrue(answers.get(0).contains("cannot be set up"), answers.get(0));
    assertTrue(answers.get(1).contains("send FILE COUNT THREADS"), answers.get(1));
  }

  @Test
  void refusesArgumentsThatAreMissingOrWrong() {
    assertThrows(IllegalArgumentException.class, () -> Setup.of("url=http://127.0.0.1:1/"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Setup.of("url=http://a/", "keystore=k", "compress=maybe", "mdn=none"));
  }

  private static List<String> blocking(Sender sender, String... commands) throws IOException {
    return serve(setup -> Crowd.of(sender), commands);
  }

  private static List<String> serve(SenderFactory<Crowd> factory, String... commands)
      throws IOException {
    byte[] lines = String.join("\n", commands).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    new Contender(new ByteArrayInputStream(lines), new PrintStream(answers))
        .serve(ARGUMENTS, factory);
    return answers.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
