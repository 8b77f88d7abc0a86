package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.mime.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2183 §2.3, RFC 5987 §3.2. */
class ContentDispositionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "orders.edi|attachment; filename=\"orders.edi\"",
        "a b;c.edi|attachment; filename=\"a b;c.edi\"",
        "a\"b.edi|attachment; filename=\"a\\\"b.edi\"",
        "a\\b.edi|attachment; filename=\"a\\\\b.edi\"",
        "ordérs.edi|attachment; filename=\"ord_rs.edi\"; filename*=UTF-8''ord%C3%A9rs.edi",
        "a %'b é|attachment; filename=\"a %'b _\"; filename*=UTF-8''a%20%25%27b%20%C3%A9",
        "€.x|attachment; filename=\"_.x\"; filename*=UTF-8''%E2%82%AC.x",
        "\uD83D\uDE00.x|attachment; filename=\"_.x\"; filename*=UTF-8''%F0%9F%98%80.x"
      })
  void namesTheFileInAsciiAndWhereNeededInUtf8(String name, String field) {
    assertThat(ContentDisposition.attachment(name)).isEqualTo(field);
  }

  @Test
  void encodesNothingThatTheStandardLetsStand() {
    String symbols = "!#$&+-.^_`|~";
    assertThat(ContentDisposition.attachment(symbols + "é")).endsWith("''" + symbols + "%C3%A9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders.edi",
        "a b.edi",
        "a\"b.edi",
        "a\\b.edi",
        "ordérs.edi",
        "\uD83D\uDE00",
        "a;filename=b",
        "x=y, z",
        "100%.edi",
        "\u202Ex"
      })
  void isReadAsItWasWrittenAndFitsIntoAHeader(String name) {
    String field = ContentDisposition.attachment(name);
    assertThat(new Header("Content-Disposition", field).value()).isEqualTo(field);
    assertThat(ContentDisposition.fileName(field)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"attachment", "", "inline; filename=\"\"", ";;;", "attachment; filename"})
  void findsNoNameWhereThereIsNone(String field) {
    assertThat(ContentDisposition.fileName(field)).isEmpty();
  }
}
