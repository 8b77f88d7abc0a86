package dev.as2.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the driver and a sink say to each other over the sink's standard streams: it says its port,
 * and then answers each line with how many messages and octets of bodies came since the last one.
 */
final class SinkControl {
  /** Lets go what is held back. */
  static final String RELEASE = "release";

  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** A message came. */
  void count(long bodyBytes) {
    messages.incrementAndGet();
    bytes.addAndGet(bodyBytes);
  }

  /**
   * Answers the driver until it is gone.
   *
   * @param release what {@link #RELEASE} does
   */
  void serve(int port, Runnable release) throws IOException {
    System.out.println("{\"port\":" + port + "}");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(RELEASE)) {
        release.run();
      }
      System.out.printf(
          "{\"messages\":%d,\"bodyBytes\":%d}%n", messages.getAndSet(0), bytes.getAndSet(0));
    }
  }
}
