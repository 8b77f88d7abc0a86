package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureCodeTest {
  @ParameterizedTest
  @EnumSource
  void saysWhatHappenedAndWhatToDo(FailureCode code) {
    assertThat(code.meaning()).matches("[A-Z].*[.]").hasSizeGreaterThan(15);
    assertThat(code.hint()).matches("(?s)[A-Z].*[.]").hasSizeGreaterThan(15);
    assertThat(code.origin()).isNotNull();
    assertThat(code.retry()).isNotNull();
  }
}
