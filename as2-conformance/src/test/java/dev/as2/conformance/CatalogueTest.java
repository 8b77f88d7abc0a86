package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void eachScenarioForReceiversHasAnIdAndSaysWhereItIsWritten() {
    assertThat(Catalogue.all()).hasSizeGreaterThan(150);
    assertThat(Catalogue.all()).extracting(Scenario::id).doesNotHaveDuplicates();
    assertThat(Catalogue.all())
        .allSatisfy(s -> {
          assertThat(s.id()).matches("[a-z0-9.-]+");
          assertThat(s.rule().source()).matches(".*(RFC|DRM|draft-).*");
          assertThat(s.story().sent()).isNotEmpty();
          assertThat(s.rule().profiles()).isNotEmpty();
        });
    assertThat(Stream.of(Profile.values()).map(Catalogue::of))
        .allSatisfy(profile -> assertThat(profile).isNotEmpty());
  }

  @Test
  void anAnswerThatWaitsForItsMdnIsTooSlow() {
    assertThat(AsyncScenarios.slow(Duration.ofMillis(4_999))).isEmpty();
    assertThat(AsyncScenarios.slow(Duration.ofSeconds(31)).orElseThrow().sentence())
        .isEqualTo("The endpoint answers a message whose MDN cannot be delivered after 31 s.");
  }

  @Test
  void eachScenarioForSendersHasAnIdAndSaysWhereItIsFrom() {
    assertThat(SenderCatalogue.all()).hasSizeGreaterThan(100);
    assertThat(SenderCatalogue.all()).extracting(SenderScenario::id).doesNotHaveDuplicates();
    assertThat(SenderCatalogue.all())
        .allSatisfy(s -> {
          assertThat(s.id()).matches("[a-z0-9.-]+");
          assertThat(s.source()).isNotEmpty();
        });
  }
}
