package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2046 §5.1.1. */
class MultipartInputTest {
  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static MultipartInput parts(String body) throws IOException {
    return new MultipartInput(new ByteArrayInputStream(latin1(body)), "b");
  }

  /** Gives at most so many octets per read, or random numbers of them where that is zero. */
  private static InputStream inPieces(byte[] octets, int piece) {
    Random random = new Random(7);
    return new ByteArrayInputStream(octets) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        int most = piece == 0 ? 1 + random.nextInt(70_000) : piece;
        return super.read(target, offset, Math.min(length, most));
      }
    };
  }

  /** Parts with everything that looks like a boundary and is none. */
  private static byte[] tricky(int size) {
    byte[] octets = Entities.noise(size);
    byte[] almost = latin1("\r\n--\n--\r--b\r\n-\n\n--a");
    for (int at = 0; at + almost.length < size; at += 61) {
      System.arraycopy(almost, 0, octets, at, almost.length);
    }
    return octets;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 64, 1_000, 65_535, 65_536, 1 << 20})
  void givesThePartsHoweverTheStreamIsCut(int piece) throws IOException {
    int size = piece > 0 && piece < 64 ? 70_000 : 300_000;
    byte[] first = tricky(size);
    byte[] second = tricky(1_000);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(latin1("preamble\r\n--boundary\r\n"));
    body.writeBytes(first);
    body.writeBytes(latin1("\r\n--boundary\r\n"));
    body.writeBytes(second);
    body.writeBytes(latin1("\r\n--boundary--\r\n"));

    MultipartInput parts = new MultipartInput(inPieces(body.toByteArray(), piece), "boundary");

    assertThat(parts.nextPart().readAllBytes()).isEqualTo(first);
    assertThat(parts.nextPart().readAllBytes()).isEqualTo(second);
    assertThatThrownBy(parts::nextPart).isInstanceOf(MimeException.class);
  }

  static IntStream aroundABlock() {
    return IntStream.rangeClosed(65_536 - 24, 65_536 + 4);
  }

  @ParameterizedTest
  @MethodSource("aroundABlock")
  void findsABoundaryWhereverItLiesInABlock(int size) throws IOException {
    byte[] part = Entities.noise(size);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(latin1("--b\r\n"));
    body.writeBytes(part);
    body.writeBytes(latin1("\r\n--b\r\nx\r\n--b--"));
    MultipartInput parts = new MultipartInput(new ByteArrayInputStream(body.toByteArray()), "b");

    assertThat(parts.nextPart().readAllBytes()).isEqualTo(part);
    assertThat(text(parts.nextPart())).isEqualTo("x");
  }

  @Test
  void givesOctetByOctetWhatItGivesInBlocks() throws IOException {
    InputStream part = parts("--b\r\na\r\nb\r\n--b--").nextPart();
    StringBuilder octets = new StringBuilder();
    for (int octet = part.read(); octet >= 0; octet = part.read()) {
      octets.append((char) octet);
    }
    assertThat(octets).hasToString("a\r\nb");
    assertThat(part.read()).isEqualTo(-1);
    assertThat(part.read(new byte[5])).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`--b\r\none\r\n--b--`|one",
        "`--b\none\n--b--`|one",
        "`--b  \t\r\none\r\n--b--`|one",
        "`--b\r\none\r\n\r\n--b--`|`one\r\n`",
        "`--b\r\n\r\n--b--`|``",
        "`--b\r\none --b\r\n --b\r\n--b--`|`one --b\r\n --b`",
        "`--b\r\none\r\r\n--b--`|`one\r`",
        "`pre\r\n--b\r\none\r\n--b--\r\nepilogue`|one"
      })
  void givesAPartAsItWasSent(String body, String part) throws IOException {
    assertThat(text(parts(body).nextPart())).isEqualTo(part);
  }

  @Test
  void skipsWhatWasNotReadOfAPart() throws IOException {
    MultipartInput parts = parts("--b\r\none\r\n--b\r\ntwo\r\n--b--");
    assertThat(parts.nextPart().read()).isEqualTo('o');
    assertThat(text(parts.nextPart())).isEqualTo("two");
  }

  @Test
  void takesNoPartForWholeThatWasCutAnywhere() {
    byte[] whole = latin1("--b\r\none\r\n--b\r\ntwo\r\n--b--\r\n");
    int lastBoundary = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("\r\n--b--") + 5;
    for (int length = 0; length < lastBoundary; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(
              () -> {
                MultipartInput parts = new MultipartInput(new ByteArrayInputStream(cut), "b");
                parts.nextPart().readAllBytes();
                parts.nextPart().readAllBytes();
              })
          .as("cut after %s bytes", length)
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void findsNothingByAnotherBoundary() throws IOException {
    MultipartInput parts = parts("--c\r\none\r\n--c--\r\n");
    assertThatThrownBy(parts::nextPart)
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("ended before its last boundary");
  }

  @Test
  void refusesABoundaryThatIsNone() {
    assertThatThrownBy(() -> new MultipartInput(InputStream.nullInputStream(), ""))
        .isInstanceOf(MimeException.class);
    assertThatThrownBy(() -> new MultipartInput(InputStream.nullInputStream(), "x".repeat(201)))
        .isInstanceOf(MimeException.class);
  }
}
