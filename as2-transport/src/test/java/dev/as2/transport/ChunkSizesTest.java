package dev.as2.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each request comes whole, and octet by octet, and is read alike. */
class ChunkSizesTest {
  private static final String HEAD = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "2\\r\\nab\\r\\n0\\r\\n\\r\\n | ab",
        "2 \\r\\nab\\r\\n0\\r\\n\\r\\n | ab",
        "2   \\r\\nab\\r\\n000  \\r\\n\\r\\n | ab",
        "2\\t\\r\\nab\\r\\n1 \\t\\r\\nc\\r\\n0 \\r\\n\\r\\n | abc",
        "2;e=f\\r\\nab\\r\\n0 ;g\\r\\n\\r\\n | ab",
        "10  \\r\\n0  \\r\\n1  \\r\\n2  \\r\\n3\\r\\n0\\r\\n\\r\\n | 0  \\r\\n1  \\r\\n2  \\r\\n3",
        "3 \\r\\n2 \\r\\r\\n0 \\r\\nTrailer: 3 \\r\\n\\r\\n | 2 \\r",
        "A \\r\\n0123456789\\r\\n0\\r\\n\\r\\n | 0123456789",
      })
  void readsPaddedSizesAndLeavesContentsAlone(String chunks, String content) {
    String twice = (HEAD + octets(chunks)).repeat(2);
    String expected = ("POST " + octets(content) + ".").repeat(2);
    assertThat(read(twice, twice.length())).isEqualTo(expected);
    assertThat(read(twice, 1)).isEqualTo(expected);
    assertThat(read(twice, 7)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "' 2\r\nab'",
    "'\r\nab'",
    "' \r\nab'",
    "'\t \r\nab'",
    "'2 x\r\nab'",
    "'2 2\r\nab'",
    "'x \r\nab'",
    "'80000000 \r\nab'"
  })
  void leavesToTheDecoderWhatIsNoSize(String chunks) {
    String request = HEAD + chunks + "\r\n0\r\n\r\n";
    assertThat(read(request, request.length())).isEqualTo("POST broken");
    assertThat(read(request, 1)).isEqualTo("POST broken");
  }

  private static String octets(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
  }

  /** What the decoder makes of octets that come some at a time. */
  private static String read(String octets, int atATime) {
    EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder(new HttpDecoderConfig()));
    StringBuilder read = new StringBuilder();
    for (int at = 0; at < octets.length(); at += atATime) {
      String come = octets.substring(at, Math.min(at + atATime, octets.length()));
      channel.writeInbound(Unpooled.copiedBuffer(come, US_ASCII));
      for (HttpObject part = channel.readInbound(); part != null; part = channel.readInbound()) {
        read.append(said(part));
      }
    }
    channel.finishAndReleaseAll();
    return read.toString();
  }

  private static String said(HttpObject part) {
    if (part.decoderResult().isFailure()) {
      return "broken";
    }
    if (part instanceof HttpRequest head) {
      return head.method() + " ";
    }
    HttpContent content = (HttpContent) part;
    String text = content.content().toString(US_ASCII);
    content.release();
    return part instanceof LastHttpContent ? text + "." : text;
  }
}
