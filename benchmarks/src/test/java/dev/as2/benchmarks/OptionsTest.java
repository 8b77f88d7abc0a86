package dev.as2.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void onlyARunOfEverythingIsWhole() {
    assertThat(Options.parse().isWhole()).isTrue();
    assertThat(Options.parse("--rounds", "5").isWhole()).isTrue();
    assertThat(Options.parse("--smoke").isWhole()).isFalse();
    assertThat(Options.parse("--no-peers").isWhole()).isFalse();
    assertThat(Options.parse("--rows", "growth,64x100m").isWhole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rounds 2", "--rounds 0", "--rounds", "--rounds x", "--fast"})
  void refusesWhatItDoesNotKnow(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(line.split(" ")));
  }
}
