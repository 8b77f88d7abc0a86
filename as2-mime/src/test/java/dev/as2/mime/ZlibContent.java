package dev.as2.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** What blocks of deflate may meet; the same octets each time. */
enum ZlibContent {
  EDI {
    @Override
    byte[] octets(int size) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      Random random = new Random(850);
      for (int line = 1; all.size() < size; line++) {
        all.writeBytes(
            "PO1*%d*%d*EA*%d.%02d**UP*%012d~\nPID*F****%s %s~\n"
                .formatted(
                    line % 1_000,
                    random.nextInt(5_000),
                    random.nextInt(900),
                    random.nextInt(100),
                    random.nextInt(Integer.MAX_VALUE),
                    WORDS[random.nextInt(WORDS.length)],
                    WORDS[random.nextInt(WORDS.length)])
                .getBytes(StandardCharsets.US_ASCII));
      }
      return Arrays.copyOf(all.toByteArray(), size);
    }
  },
  NOISE {
    @Override
    byte[] octets(int size) {
      return Entities.noise(size);
    }
  },
  ZEROS {
    @Override
    byte[] octets(int size) {
      return new byte[size];
    }
  },
  /** As far back as zlib's deflate points, one octet further, and around the window's end. */
  REPEATS_AFTER_32506(32_506),
  REPEATS_AFTER_32507(32_507),
  REPEATS_AFTER_32767(32_767),
  REPEATS_AFTER_32768(32_768),
  REPEATS_AFTER_32769(32_769);

  private static final String[] WORDS = "BOLT NUT WASHER VALVE PUMP HOSE SEAL GEAR".split(" ");

  private final int period;

  ZlibContent() {
    this(1);
  }

  ZlibContent(int period) {
    this.period = period;
  }

  byte[] octets(int size) {
    byte[] once = Entities.noise(period);
    byte[] octets = new byte[size];
    for (int i = 0; i < size; i += period) {
      System.arraycopy(once, 0, octets, i, Math.min(period, size - i));
    }
    return octets;
  }
}
