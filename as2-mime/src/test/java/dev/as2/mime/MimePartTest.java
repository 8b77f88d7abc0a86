package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2045 and RFC 2046 §5.1.1, and how partners write it. */
@Timeout(60)
final class MimePartTest {
  private static final int MAX_PARTS = 8;
  private static final int MAX_HEADERS = 4096;

  /** Rows with escapes: {@code \r}, {@code \n}; parts are separated by {@code <>}. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/vectors/multipart.csv", delimiter = '|', numLinesToSkip = 1)
  void splitsAtTheBoundary(String name, String boundary, String body, String parts)
      throws IOException {
    Headers headers = Headers.of("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
    List<String> found =
        MimePart.of(headers, bytes(body)).children(MAX_PARTS, MAX_HEADERS).stream()
            .map(p -> text(p.raw()))
            .toList();

    assertThat(found).containsExactlyElementsOf(parts(parts));
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/vectors/content-type.csv",
      delimiter = '|',
      quoteCharacter = '\u0001',
      numLinesToSkip = 1)
  void readsContentTypes(String value, String type, String boundary) {
    MimePart part = MimePart.of(Headers.of("Content-Type", value), new byte[0]);

    assertThat(part.contentType()).isEqualTo(type == null ? "" : type);
    assertThat(part.parameter("boundary").orElse(null)).isEqualTo(boundary);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A: 1\\r\\n\\r\\nbody | A=1 | body",
        "A: 1\\n\\nbody | A=1 | body",
        "A:1\\r\\nb :  2 \\r\\n\\r\\nbody | A=1,b=2 | body",
        "A: 1\\r\\n 2\\r\\n\\t3\\r\\n\\r\\nbody | A=1 2 3 | body",
        "\\r\\nbody | `` | body",
        "no header\\r\\nbody | `` | no header\\r\\nbody",
        "A: 1\\r\\nno header\\r\\nB: 2 | A=1 | no header\\r\\nB: 2",
        "A: 1\\r\\n \\t\\r\\nbody | A=1 | body",
        "A: 1 | A=1 | ``",
        ": 1\\r\\n\\r\\nbody | `` | : 1\\r\\n\\r\\nbody",
        "` folded\\r\\nbody` | `` | ` folded\\r\\nbody`",
      })
  void findsHeadersAndBody(String raw, String headers, String body) throws IOException {
    MimePart part = MimePart.parse(bytes(raw), MAX_HEADERS);

    assertThat(
            part.headers().lines().stream()
                .map(h -> h.name() + "=" + h.value())
                .collect(Collectors.joining(",")))
        .isEqualTo(headers);
    assertThat(text(part.body())).isEqualTo(text(bytes(body)));
    assertThat(part.raw()).isEqualTo(bytes(raw));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "base64|aGVsbG8=|hello",
        "base64|aGVsbG8|hello",
        "BASE64|aGVs\\nbG8=\\n|hello",
        "\"base64\"|aGVs\\r\\nbG8=|hello",
        "base64|  aGVs bG8=\\r\\nfooter|hello",
        "quoted-printable|hel=6C=6f|hello",
        "quoted-printable|hel=\\r\\nlo|hello",
        "quoted-printable|hel=\\nlo|hello",
        "quoted-printable|a=zzb|a=zzb",
        "binary|aGVsbG8=|aGVsbG8=",
        "x-unknown|hello|hello"
      })
  void decodesBodies(String encoding, String body, String expected) throws IOException {
    Headers headers = Headers.of("Content-Transfer-Encoding", encoding);
    byte[] decoded = MimePart.of(headers, bytes(body)).decodedBody();

    assertThat(text(decoded)).isEqualTo(expected);
  }

  @Test
  void refusesBase64ThatEndsTooEarly() {
    MimePart part = MimePart.of(Headers.of("Content-Transfer-Encoding", "base64"), bytes("aGVsb"));
    assertThatThrownBy(part::decodedBody).isInstanceOf(MimeException.class);
  }

  @Test
  void keepsItsOctetsToItself() throws IOException {
    byte[] raw = bytes("A: 1\r\n\r\nbody");
    MimePart part = MimePart.parse(raw, MAX_HEADERS);
    Arrays.fill(raw, (byte) 0);
    Arrays.fill(part.raw(), (byte) 0);
    Arrays.fill(part.body(), (byte) 0);

    assertThat(text(part.raw())).isEqualTo("A: 1\r\n\r\nbody");
    assertThat(text(part.body())).isEqualTo("body");
  }

  @Test
  void refusesMoreThanItMayRead() {
    Headers multipart = Headers.of("Content-Type", "multipart/mixed; boundary=b");
    byte[] many = bytes("--b\r\n\r\nx\r\n".repeat(MAX_PARTS + 1) + "--b--");
    byte[] longHeader = bytes("--b\r\nA: " + "x".repeat(MAX_HEADERS) + "\r\n\r\n--b--");

    assertThatThrownBy(() -> MimePart.of(multipart, many).children(MAX_PARTS, MAX_HEADERS))
        .isInstanceOf(MimeException.class)
        .hasMessageContaining("parts");
    assertThatThrownBy(() -> MimePart.of(multipart, longHeader).children(1, MAX_HEADERS))
        .isInstanceOf(MimeException.class)
        .hasMessageContaining("header block");
    assertThatThrownBy(() -> MimePart.of(multipart, many).fields(16))
        .isInstanceOf(MimeException.class);
  }

  @Test
  void readsFieldsFromBodyAndHeaders() throws IOException {
    byte[] raw = bytes("A: 1\r\n\r\nB: 2\r\n\r\nnothing\r\n folded\r\nC: 3\r\n 4\r\n");
    Headers fields = MimePart.parse(raw, MAX_HEADERS).fields(MAX_HEADERS);

    assertThat(fields).isEqualTo(Headers.of("B", "2", "C", "3 4", "A", "1"));
  }

  @Test
  void onlyEverThrowsMimeExceptions() {
    SplittableRandom random = new SplittableRandom(4130);
    String[] tokens = {
      "--b",
      "--",
      "b",
      "\r\n",
      "\n",
      "\r",
      ":",
      " ",
      "A",
      "Content-Type: ",
      "multipart/mixed",
      ";",
      "boundary=",
      "\"",
      "\\",
      "=",
      "\u0000",
      "\u00ff",
      "base64",
      "Content-Transfer-Encoding: "
    };
    for (int i = 0; i < 20_000; i++) {
      String text =
          random
              .ints(random.nextInt(40), 0, tokens.length)
              .mapToObj(t -> tokens[t])
              .collect(Collectors.joining());
      try {
        MimePart part = MimePart.parse(bytes(text), MAX_HEADERS);
        part.decodedBody();
        part.fields(MAX_HEADERS);
        part.children(MAX_PARTS, MAX_HEADERS);
      } catch (MimeException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static List<String> parts(String row) {
    return row == null
        ? List.of()
        : Stream.of(row.split("<>", -1)).map(p -> text(bytes(p))).toList();
  }

  private static byte[] bytes(String escaped) {
    String text = escaped == null ? "" : escaped;
    return text.replace("\\r", "\r")
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
