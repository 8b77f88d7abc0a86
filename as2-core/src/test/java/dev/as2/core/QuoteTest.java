package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuoteTest {
  @Test
  void keepsLettersAndDropsWhatATerminalObeys() {
    assertThat(Quote.of("  Größe\r\n\tzu\u0000 groß\u001b[31m\u202e! "))
        .isEqualTo("Größe zu groß [31m !");
  }

  @Test
  void isShort() {
    assertThat(Quote.of("x".repeat(1 << 20))).hasSize(Limits.QUOTED_CHARACTERS);
    assertThat(Quote.of(" \u0007".repeat(1 << 20))).isEmpty();
  }

  @Test
  void cutsNoCharacterInTwo() {
    assertThat(Quote.of("a\ud83d\ude00", 2)).isEqualTo("a");
    assertThat(Quote.of("a\ud83d\ude00", 3)).isEqualTo("a\ud83d\ude00");
  }
}
