package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.CompressedData;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cms.CMSCompressedDataParser;
import org.bouncycastle.cms.jcajce.ZlibExpanderProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 3274, RFC 5402 §2, and how it is opened again. */
class CompressedEntityTest {
  private static final int RATIO = 2_000;

  static Stream<Integer> sizes() {
    return Entities.SIZES.stream();
  }

  private static byte[] opened(byte[] compressed, int ratio) throws IOException {
    try (InputStream in =
        CompressedInput.open(new ByteArrayInputStream(compressed), ratio, 1 << 20)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void makesTheRoundTrip(int size) throws Exception {
    Entity inner = Entities.of(Entities.noise(size));
    CompressedEntity entity = new CompressedEntity(inner);

    byte[] body = Entities.body(entity);

    assertThat(entity.bodyLength()).isEmpty();
    assertThat(Entities.body(entity)).as("second write").isEqualTo(body);
    assertThat(opened(body, RATIO)).isEqualTo(Entities.octets(inner));
    assertThat(
            new CMSCompressedDataParser(new ByteArrayInputStream(body))
                .getContent(new ZlibExpanderProvider())
                .getContentStream()
                .readAllBytes())
        .as("by Bouncy Castle")
        .isEqualTo(Entities.octets(inner));
    assertThat(new InflaterInputStream(new ByteArrayInputStream(zlib(body))).readAllBytes())
        .as("by the JDK")
        .isEqualTo(Entities.octets(inner));
  }

  /** The zlib stream alone, dug out of the ASN.1. */
  private static byte[] zlib(byte[] body) {
    CompressedData data = CompressedData.getInstance(ContentInfo.getInstance(body).getContent());
    assertThat(data.getCompressionAlgorithmIdentifier().getAlgorithm().getId())
        .isEqualTo("1.2.840.113549.1.9.16.3.8");
    return ASN1OctetString.getInstance(data.getEncapContentInfo().getContent()).getOctets();
  }

  @Test
  void shortensWhatCanBeShortened() throws IOException {
    byte[] edi = "LIN+1++4000862141404:SRS'\r\n".repeat(10_000).getBytes();
    assertThat(Entities.body(new CompressedEntity(Entities.of(edi)))).hasSizeLessThan(5_000);
  }

  @Test
  void isTakenForWholeByNobodyWhereTheSourceBreaks() {
    byte[] body = Entities.noise(200_000);
    for (int after : new int[] {0, 1, 1_000, 65_536, 131_072, 199_999}) {
      byte[] written =
          Entities.bodyUntilItBreaks(new CompressedEntity(Entities.breaking(body, after)));
      assertThatThrownBy(() -> opened(written, RATIO)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void isTakenForWholeByNobodyWhereverItWasCut() throws IOException {
    byte[] whole = Entities.body(new CompressedEntity(Entities.of(Entities.noise(3_000))));
    int endOfContents = 6 * 2;
    for (int cut = 0; cut < whole.length - endOfContents; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      assertThatThrownBy(() -> opened(part, RATIO))
          .as("cut after %s", cut)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void stopsReadingABomb() throws IOException {
    byte[] zeros = new byte[8 << 20];
    byte[] bomb = Entities.body(new CompressedEntity(Entities.of(zeros)));
    assertThat(bomb).hasSizeLessThan(10_000);

    assertThatThrownBy(() -> opened(bomb, 100))
        .isInstanceOf(MimeException.class)
        .hasMessageContaining("more than 100 times larger");
    assertThat(opened(bomb, RATIO)).endsWith(zeros);
  }

  @Test
  void readsOctetByOctetUnderTheSameBound() throws IOException {
    byte[] bomb = Entities.body(new CompressedEntity(Entities.of(new byte[3 << 20])));
    InputStream in = CompressedInput.open(new ByteArrayInputStream(bomb), 100, 1 << 20);
    assertThatThrownBy(
            () -> {
              while (in.read() >= 0) {}
            })
        .isInstanceOf(MimeException.class);
  }

  @Test
  void skipsUnderTheSameBound() throws IOException {
    byte[] bomb = Entities.body(new CompressedEntity(Entities.of(new byte[3 << 20])));
    InputStream in = CompressedInput.open(new ByteArrayInputStream(bomb), 100, 1 << 20);
    assertThatThrownBy(() -> in.skipNBytes(3 << 20)).isInstanceOf(MimeException.class);
  }

  @Test
  void letsASmallContentBeAsDenseAsItLikes() throws IOException {
    byte[] zeros = new byte[1 << 19];
    byte[] dense = Entities.body(new CompressedEntity(Entities.of(zeros)));
    assertThat(opened(dense, 1)).endsWith(zeros);
  }

  @Test
  void failsWithNothingButIoExceptionsOnDamage() throws IOException {
    byte[] whole = Entities.body(new CompressedEntity(Entities.of(Entities.noise(2_000))));
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] damaged = whole.clone();
      damaged[i < 3_000 ? random.nextInt(80) : random.nextInt(whole.length)] =
          (byte) random.nextInt(256);
      try {
        opened(damaged, RATIO);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2_000);
  }

  @Test
  void isNotTakenForAnotherKindOfCms() {
    assertThatThrownBy(() -> opened(new byte[] {0x30, 0x00}, RATIO))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> opened("no CMS".getBytes(), RATIO)).isInstanceOf(IOException.class);
  }
}
