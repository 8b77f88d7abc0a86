package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final Headers TWICE = Headers.of("A", "1", "B", "2", "a", "3");

  @Test
  void areFoundInAnyCase() {
    assertThat(TWICE.first("b")).contains("2");
    assertThat(TWICE.first("A")).contains("1");
    assertThat(TWICE.first("c")).isEmpty();
  }

  @Test
  void areJoinedAsOneListWhereTheyRepeat() {
    assertThat(TWICE.joined("a")).contains("1, 3");
    assertThat(TWICE.joined("B")).contains("2");
    assertThat(TWICE.joined("c")).isEmpty();
  }

  @Test
  void areReplacedInPlace() {
    assertThat(TWICE.with("a", "9")).isEqualTo(Headers.of("a", "9", "B", "2"));
    assertThat(TWICE.with("C", "9")).isEqualTo(Headers.of("A", "1", "B", "2", "a", "3", "C", "9"));
  }

  @Test
  void areAppended() {
    assertThat(Headers.EMPTY.plus("A", "1").plus(Headers.of("B", "2")))
        .containsExactly(new Header("A", "1"), new Header("B", "2"));
  }

  @Test
  void refuseANameWithoutAValue() {
    assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("A", "1", "B"));
  }

  @Test
  void endWithAnEmptyLine() {
    assertThat(Headers.EMPTY.toBytes()).asString().isEqualTo("\r\n");
    assertThat(TWICE.toBytes()).asString().isEqualTo("A: 1\r\nB: 2\r\na: 3\r\n\r\n");
  }

  @Test
  void doNotChangeWithTheListThatTheyWereMadeOf() {
    List<Header> lines = new ArrayList<>(List.of(new Header("A", "1")));
    Headers headers = new Headers(lines);
    lines.clear();
    assertThat(headers).hasSize(1);
  }
}
