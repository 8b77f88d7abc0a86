package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** X.690 §8.1, §8.7: the same structure in DER and in BER. */
class OctetStringFrameTest {
  private static final OctetStringFrame FRAME =
      new OctetStringFrame(
          List.of(
              new OctetStringFrame.Level(0x30, Asn1.encoded(new ASN1Integer(7))),
              new OctetStringFrame.Level(0x30, new byte[0])),
          0x04);

  private static final long LIMIT = OctetStringFrame.DEFINITE_LIMIT;
  private static final long CHUNK = OctetStringFrame.CHUNK_BYTES;

  static Stream<Integer> sizes() {
    return Entities.SIZES.stream();
  }

  private static byte[] written(OptionalLong promised, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FRAME.write(out, promised, to -> to.write(content));
    return out.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void isDerOfTheLengthForetoldWhereTheContentsLengthIsKnown(int size) throws IOException {
    byte[] content = Entities.noise(size);
    byte[] der = written(OptionalLong.of(size), content);

    assertThat(FRAME.length(OptionalLong.of(size))).hasValue(der.length);
    ASN1Sequence outer = ASN1Sequence.getInstance(der);
    assertThat(outer.getEncoded("DER")).isEqualTo(der);
    assertThat(content(outer)).isEqualTo(content);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void isBerInChunksWhereItIsNot(int size) throws IOException {
    byte[] content = Entities.noise(size);
    byte[] ber = written(OptionalLong.empty(), content);

    assertThat(FRAME.length(OptionalLong.empty())).isEmpty();
    assertThat(ber[1]).isEqualTo((byte) 0x80);
    try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(ber))) {
      assertThat(content(ASN1Sequence.getInstance(in.readObject()))).isEqualTo(content);
      assertThat(in.read()).as("octets after the end").isEqualTo(-1);
    }
  }

  private static byte[] content(ASN1Sequence outer) {
    assertThat(outer.getObjectAt(0)).isEqualTo(new ASN1Integer(7));
    ASN1Sequence inner = ASN1Sequence.getInstance(outer.getObjectAt(1));
    return ASN1OctetString.getInstance(inner.getObjectAt(0)).getOctets();
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void isTheSameHoweverTheContentIsCut(int size) throws IOException {
    byte[] content = Entities.noise(size);
    for (OptionalLong length : List.of(OptionalLong.of(size), OptionalLong.empty())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      FRAME.write(out, length, to -> Entities.octetByOctet(to).write(content));
      assertThat(out.toByteArray()).isEqualTo(written(length, content));
    }
  }

  /** Beyond the limit lengths are only computed; a counted write of 2 GiB would take seconds. */
  static LongStream aboveTheLimit() {
    return LongStream.of(
        LIMIT + 1, LIMIT + CHUNK - 1, LIMIT + CHUNK, 1L << 33, (1L << 40) + 12_345);
  }

  @ParameterizedTest
  @MethodSource("aboveTheLimit")
  void foretellsTheLengthOfBer(long content) {
    long whole = content / CHUNK;
    long rest = content % CHUNK;
    long lastHeader = rest == 0 ? 0 : rest < 128 ? 2 : rest < 256 ? 3 : 4;
    long expected = 2 + 3 + 2 + 2 + whole * (4 + CHUNK) + lastHeader + rest + 3 * 2;
    assertThat(FRAME.length(OptionalLong.of(content))).hasValue(expected);
  }

  @Test
  void isDefiniteUpToTheLimitAndNotBeyond() throws IOException {
    assertThat(firstOctets(LIMIT)).startsWith(0x30, 0x84);
    assertThat(firstOctets(LIMIT + 1)).startsWith(0x30, 0x80);
    assertThat(FRAME.length(OptionalLong.of(LIMIT))).hasValue(LIMIT + 6 + 3 + 6 + 6);
    assertThat(FRAME.length(OptionalLong.of(LIMIT)).orElseThrow()).isLessThan(Integer.MAX_VALUE);
  }

  private static byte[] firstOctets(long length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() ->
            FRAME.write(
                out,
                OptionalLong.of(length),
                to -> {
                  throw new IOException("enough");
                }))
        .hasMessage("enough");
    return Arrays.copyOf(out.toByteArray(), 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9})
  void refusesLessThanWasPromised(int size) {
    assertThatThrownBy(() -> written(OptionalLong.of(10), new byte[size]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has " + size + " bytes, and 10 were promised");
  }

  @Test
  void refusesMoreThanWasPromisedBeforeItIsWritten() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() ->
            FRAME.write(out, OptionalLong.of(10), (OutputStream to) -> to.write(new byte[11])))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than the promised 10 bytes");
    assertThat(out.size()).isEqualTo(2 + 3 + 2 + 2);
  }
}
