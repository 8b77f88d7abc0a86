package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;

/** RFC 1950 §8.2. */
class AdlerTest {
  private static long adler(byte[] octets, int offset, int length) {
    Adler32 adler = new Adler32();
    adler.update(octets, offset, length);
    return adler.getValue();
  }

  @Test
  void combinesAnyTwoPartsAsIfTheyWereOne() {
    Random random = new Random(1950);
    for (int i = 0; i < 2_000; i++) {
      byte[] octets = Entities.noise(random.nextInt(200_000));
      if (i % 3 == 0) {
        Arrays.fill(octets, (byte) 0xFF); // the largest sums
      }
      int split = random.nextInt(octets.length + 1);
      assertThat(
              Adler.combined(
                  adler(octets, 0, split),
                  adler(octets, split, octets.length - split),
                  octets.length - split))
          .as("%d octets, split at %d", octets.length, split)
          .isEqualTo(adler(octets, 0, octets.length));
    }
  }

  @Test
  void combinesManyParts() {
    byte[] octets = ZlibContent.EDI.octets(3 << 20);
    Random random = new Random(32);
    long all = Adler.NONE;
    for (int done = 0; done < octets.length; ) {
      int length = Math.min(random.nextInt(100_000), octets.length - done);
      all = Adler.combined(all, adler(octets, done, length), length);
      done += length;
    }
    assertThat(all).isEqualTo(adler(octets, 0, octets.length));
  }

  @Test
  void takesPartsOfMoreThanTwoGibibytes() {
    long zeros = 5L << 30; // they leave the low half as it is, and add it to the high one each time
    long first = adler("one".getBytes(), 0, 3);
    long low = first & 0xFFFF;
    long high = ((first >>> 16) + zeros % 65_521 * low) % 65_521;
    long second = (zeros % 65_521) << 16 | 1;
    assertThat(Adler.combined(first, second, zeros)).isEqualTo(high << 16 | low);
  }

  @Test
  void isLeftAsItIsByNothing() {
    assertThat(Adler.combined(Adler.NONE, Adler.NONE, 0)).isEqualTo(new Adler32().getValue());
  }
}
