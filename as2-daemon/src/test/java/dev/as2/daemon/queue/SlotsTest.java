package dev.as2.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotsTest {
  private final Slots slots = new Slots(100);

  @Test
  void whoIsAloneGetsAll() {
    slots.enter("a");

    assertThat(slots.take("a", 1_000)).isEqualTo(100);
    assertThat(slots.take("a", 1)).isZero();
  }

  @Test
  void aQuarterStaysFreeForWhoHasLessThanItsShare() {
    slots.enter("a");
    slots.enter("b");

    assertThat(slots.take("a", 1_000)).isEqualTo(75);
    assertThat(slots.take("a", 1)).isZero();
    assertThat(slots.take("b", 1_000)).isEqualTo(25);
  }

  @Test
  void whatIsGivenBackGoesToWhoHasLess() {
    slots.enter("a");
    slots.take("a", 100);
    slots.enter("b");
    slots.giveBack("a", 10);

    assertThat(slots.take("a", 10)).isZero();
    assertThat(slots.take("b", 50)).isEqualTo(10);
  }

  @Test
  void whatFliesOnAfterItsLaneIsGivenBackToAll() {
    slots.enter("a");
    slots.take("a", 40);
    slots.exit("a");
    slots.giveBack("a", 40);

    assertThat(slots.taken()).isZero();
  }

  @Test
  void whatIsTakenOverHasAPlaceWhetherThereIsOneOrNot() {
    slots.enter("a");
    slots.take("a", 100);
    slots.force("a");

    assertThat(slots.taken()).isEqualTo(101);
  }
}
