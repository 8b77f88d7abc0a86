package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §5.5, §5.6.2: what may stand in a header line, and nothing else. */
class HeaderTest {
  private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

  @Test
  void takesEveryTokenCharacterInANameAndNoOther() {
    for (int c = 0; c < 300; c++) {
      boolean token =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || TOKEN_SYMBOLS.indexOf(c) >= 0;
      String name = "X" + (char) c;
      if (token) {
        assertThat(new Header(name, "v").name()).isEqualTo(name);
      } else {
        assertThatIllegalArgumentException().isThrownBy(() -> new Header(name, "v"));
      }
    }
  }

  @Test
  void takesPrintableAsciiInAValueAndNothingElse() {
    for (int c = 0; c < 300; c++) {
      String value = "a" + (char) c + "b";
      if (c >= ' ' && c <= '~') {
        assertThat(new Header("X", value).value()).isEqualTo(value);
      } else {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Header("X", value))
            .withMessageMatching("header X has a character outside printable ASCII: a\\?b");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:", "a\r\n", "ä"})
  void refusesWhatIsNoNameWithoutRepeatingItRaw(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Header(name, "v"))
        .withMessageMatching("header name is not a token: [ -~]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v\r\nEvil: 1", "v\nEvil: 1", "v\rEvil: 1", "v\0", "v\u000B", "v\u2028w"})
  void letsNoSecondLineIn(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Header("X", value));
    assertThat(new String(Header.received("X", value).toBytes(), StandardCharsets.ISO_8859_1))
        .matches("X: [ -~]*\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"`  a  `|a", "`a\t\tb`|a b", "`a\r\n b`|a  b", "ä|?", "``|``"})
  void makesAReceivedValuePrintable(String received, String value) {
    assertThat(Header.received("X", received).value()).isEqualTo(value);
  }

  @Test
  void isOneLine() {
    assertThat(new Header("A", "b c").toBytes()).asString().isEqualTo("A: b c\r\n");
    assertThat(new Header("A", "").toBytes()).asString().isEqualTo("A: \r\n");
  }
}
