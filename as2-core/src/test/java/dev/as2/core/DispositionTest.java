package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class DispositionTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/vectors/disposition.csv",
      delimiter = '|',
      quoteCharacter = '\u0001',
      numLinesToSkip = 1,
      emptyValue = "",
      nullValues = "-")
  void readsEveryFormOfTheRfcAndEveryDeviation(
      String section, String field, String kind, String reason, String code) {
    Disposition found = Disposition.parse(field == null ? "" : field);

    assertThat(found).isEqualTo(disposition(kind, reason == null ? "" : reason));
    assertThat(found.failureCode().map(Enum::name).orElse("")).isEqualTo(code == null ? "" : code);
    assertThat(found.isNegative()).isEqualTo(code != null && !code.isEmpty());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/vectors/disposition.csv",
      delimiter = '|',
      quoteCharacter = '\u0001',
      numLinesToSkip = 1)
  void readsWhatItWrites(String section, String field, String kind, String reason, String code) {
    Disposition found = Disposition.parse(field == null ? "" : field);
    if (!(found instanceof Disposition.Unknown)) {
      assertThat(Disposition.parse(found.toWire())).isEqualTo(found);
    }
  }

  @Test
  void refusesToSendWhatNobodyUnderstands() {
    assertThatThrownBy(() -> Disposition.parse("whatever").toWire())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void knowsADuplicate() {
    assertThat(Disposition.parse("x; processed/warning: duplicate-document").isDuplicate())
        .isTrue();
    assertThat(Disposition.parse("x; processed/error: duplicate-filename").isDuplicate()).isFalse();
  }

  private static Disposition disposition(String kind, String reason) {
    return switch (kind) {
      case "Processed" -> Disposition.PROCESSED;
      case "Warned" -> new Disposition.Warned(reason);
      case "Rejected" -> new Disposition.Rejected(reason);
      case "Failed" -> new Disposition.Failed(reason);
      case "Unknown" -> new Disposition.Unknown(reason);
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
