package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEntityTest {
  static Stream<Integer> sizes() {
    return Entities.SIZES.stream();
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void isHeadersEmptyLineAndContentEachTime(int size) throws IOException {
    Entity entity = new ContentEntity(Headers.of("A", "1"), Content.of(Entities.noise(size)));

    byte[] first = Entities.octets(entity);

    assertThat(entity.length()).hasValue(first.length);
    assertThat(first).startsWith("A: 1\r\n\r\n".getBytes()).endsWith(Entities.noise(size));
    assertThat(Entities.octets(entity)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 11, 200_000})
  void failsWhereTheContentHasNotTheLengthThatItHad(int now) {
    AtomicInteger closed = new AtomicInteger();
    Content changed =
        new Content() {
          @Override
          public long length() {
            return 10;
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(new byte[now]) {
              @Override
              public void close() {
                closed.incrementAndGet();
              }
            };
          }
        };
    assertThatThrownBy(() -> Entities.body(new ContentEntity(Headers.EMPTY, changed)))
        .isInstanceOf(ContentChangedException.class)
        .hasMessageContaining(now < 10 ? "ended " + (10 - now) + " bytes before" : "longer than");
    assertThat(closed).hasValue(1);
  }

  @Test
  void doesNotChangeWithTheArrayThatItWasMadeOf() throws IOException {
    byte[] octets = {1, 2, 3};
    Content content = Content.of(octets);
    octets[0] = 9;
    try (InputStream in = content.open()) {
      assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    }
  }
}
