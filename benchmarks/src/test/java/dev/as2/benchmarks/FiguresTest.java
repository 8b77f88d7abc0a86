package dev.as2.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void theMedianOfAnOddNumberOfRoundsIsTheMiddleOne() {
    assertThat(Figures.of(9, 1, 5).median()).isEqualTo(5);
  }

  @Test
  void theMedianOfAnEvenNumberOfRoundsIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Figures.of(100, 1, 2, 4).median()).isEqualTo(3);
  }

  @Test
  void roundsKeepTheirOrder() {
    assertThat(Figures.of(3, 1, 2).rounds()).containsExactly(3.0, 1.0, 2.0);
  }

  @Test
  void nothingMeasuredIsNoFigure() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Figures(List.of()));
  }
}
