package dev.as2.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A file of generated EDIFACT, always the same for a size. */
@State(Scope.Benchmark)
public class Payload {
  /** The file's length. */
  @Param({"4096", "1048576", "16777216"})
  public int bytes;

  private byte[] octets = {};
  private Entity entity = entity(octets);

  /** Generates the file. */
  @Setup
  public void generate() {
    Random random = new Random(4130);
    StringBuilder text = new StringBuilder(bytes + 80);
    while (text.length() < bytes) {
      text.append("LIN+").append(random.nextInt(10_000));
      text.append("++").append(random.nextInt(Integer.MAX_VALUE)).append(":EN'");
      text.append("QTY+21:").append(random.nextInt(500));
      text.append("'PRI+AAA:").append(random.nextInt(100_000) / 100.0).append("'\r\n");
    }
    octets = Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), bytes);
    entity = entity(octets);
  }

  private static Entity entity(byte[] octets) {
    return new ContentEntity(
        Headers.of("Content-Type", "application/edifact", "Content-Transfer-Encoding", "binary"),
        Content.of(octets));
  }

  byte[] octets() {
    return octets;
  }

  Entity entity() {
    return entity;
  }
}
