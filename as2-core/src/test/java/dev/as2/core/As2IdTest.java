package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4130 §6.2. */
class As2IdTest {
  @ParameterizedTest(name = "{0}: {1} as {2}")
  @CsvFileSource(
      resources = "/vectors/as2-id.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void isWrittenAndReadAsTheStandardHasIt(String why, String name, String header) {
    assertThat(new As2Id(name).toHeader()).isEqualTo(header);
    assertThat(As2Id.fromHeader(header)).isEqualTo(new As2Id(name));
  }

  @Test
  void comesBackWhateverPrintableCharactersItHas() {
    for (char a = ' '; a <= '~'; a++) {
      for (char b = ' '; b <= '~'; b++) {
        As2Id id = new As2Id("x" + a + b + "y");
        assertThat(As2Id.fromHeader(id.toHeader())).isEqualTo(id);
      }
      As2Id alone = a == ' ' ? new As2Id("_") : new As2Id(String.valueOf(a));
      assertThat(As2Id.fromHeader(alone.toHeader())).isEqualTo(alone);
    }
  }

  @Test
  void comesBackWhereItIsMadeOfQuotesAndBackslashes() {
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + random.nextInt(8); name.length() < length; ) {
        name.append("\\\"a b".charAt(random.nextInt(5)));
      }
      if (name.toString().strip().contentEquals(name)) {
        As2Id id = new As2Id(name.toString());
        assertThat(As2Id.fromHeader(id.toHeader())).isEqualTo(id);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"simple\"", "simple", "  simple  ", "\"\\s\\i\\m\\p\\l\\e\""})
  void isReadWithQuotesThatItDoesNotNeed(String header) {
    assertThat(As2Id.fromHeader(header)).isEqualTo(new As2Id("simple"));
  }

  @Test
  void isReadWithSpacesAndWithoutTheQuotesThatItNeeds() {
    assertThat(As2Id.fromHeader("Partner A")).isEqualTo(new As2Id("Partner A"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "a\tb", "a\r\nb", "ä", "a\u007f"})
  void refusesWhatIsNoName(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new As2Id(name));
  }

  @Test
  void has128CharactersAtMost() {
    assertThat(new As2Id("x".repeat(128)).value()).hasSize(128);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new As2Id("x".repeat(129)))
        .withMessage("AS2 id has 129 characters, not 1 to 128");
  }

  @Test
  void isAnotherInAnotherCase() {
    assertThat(new As2Id("a")).isNotEqualTo(new As2Id("A"));
  }
}
