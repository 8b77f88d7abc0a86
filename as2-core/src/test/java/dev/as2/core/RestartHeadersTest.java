package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class RestartHeadersTest {
  @ParameterizedTest
  @CsvFileSource(
      resources = "/vectors/restart-headers.csv",
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      numLinesToSkip = 1)
  void isReadAsTheRfcSays(String why, String header, String value, String expected) {
    String text = value == null ? "" : value;
    Optional<String> read =
        header.equals(EntityTag.HEADER)
            ? EntityTag.parse(text).map(EntityTag::toHeader)
            : ContentRange.parse(text).map(ContentRange::toHeader);
    assertThat(read).as(why).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void aTagIsNoLongerThanItsBound() {
    String longest = '"' + "x".repeat(Limits.ENTITY_TAG_CHARACTERS) + '"';
    assertThat(EntityTag.parse(longest)).isPresent();
    assertThat(EntityTag.parse(longest.replaceFirst("x", "xx"))).isEmpty();
  }

  @Test
  void aMessageIdWithAQuotationMarkIsATag() {
    assertThat(EntityTag.of(new MessageId("a\"b@c")).toHeader()).isEqualTo("\"a'b@c\"");
  }
}
