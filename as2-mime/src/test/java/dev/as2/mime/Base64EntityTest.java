package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 2045 §6.8. */
class Base64EntityTest {
  static Stream<Integer> sizes() {
    return Stream.concat(IntStream.rangeClosed(0, 200).boxed(), Entities.SIZES.stream());
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void writesAsManyOctetsAsItSays(int size) throws IOException {
    byte[] plain = Entities.noise(size);
    Base64Entity entity = new Base64Entity(Entities.of(plain));

    byte[] body = Entities.body(entity);

    assertThat(entity.bodyLength()).hasValue(body.length);
    assertThat(entity.length()).hasValue(Entities.octets(entity).length);
    assertThat(body).isEqualTo(Base64.getMimeEncoder().encode(plain));
    assertThat(Base64.getMimeDecoder().decode(body)).isEqualTo(plain);
    assertThat(new String(body, StandardCharsets.US_ASCII).lines())
        .allMatch(line -> line.length() <= 76);
  }

  @Test
  void doesNotKnowTheLengthOfWhatHasNone() {
    assertThat(new Base64Entity(Entities.unmeasured(Entities.of(new byte[1]))).bodyLength())
        .isEmpty();
  }

  @Test
  void leavesWhatIsAroundItOpen() throws IOException {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    new Base64Entity(Entities.of(new byte[100])).writeBodyTo(out);
    assertThat(out.size()).isEqualTo(138);
  }

  @Test
  void writesNoPaddingAfterASourceThatBroke() {
    Base64Entity entity = new Base64Entity(Entities.breaking(Entities.noise(1_000), 500));

    byte[] written = Entities.bodyUntilItBreaks(entity);

    assertThat(written).hasSizeLessThan((int) entity.bodyLength().orElseThrow());
    assertThat(new String(written, StandardCharsets.US_ASCII)).doesNotContain("=");
    assertThatThrownBy(() -> Entities.body(entity)).hasMessageContaining("broke after 500");
  }
}
