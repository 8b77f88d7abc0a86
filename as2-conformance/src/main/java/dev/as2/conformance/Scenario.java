package dev.as2.conformance;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One test of a receiver: what is sent to it, and what it is expected to do.
 *
 * @param id names it, for ever: lower-case words with hyphens
 * @param title for people
 * @param rule where it is written, and how much it matters
 * @param story what is sent, and what is expected
 * @param play the test itself
 */
public record Scenario(String id, String title, Rule rule, Story story, Play play) {

  /**
   * What a scenario rests on.
   *
   * @param source the section of the RFC, or Drummond's number ({@code DRM 3Q12#6})
   * @param severity how much it matters
   * @param profiles in which profiles it is played
   */
  public record Rule(String source, Severity severity, Set<Profile> profiles) {
    public Rule {
      profiles = Set.copyOf(profiles);
    }
  }

  /**
   * A scenario in words.
   *
   * @param sent what is sent
   * @param expected what is expected
   */
  public record Story(String sent, String expected) {}

  /** Plays a scenario. */
  @FunctionalInterface
  public interface Play {
    /**
     * @return what the endpoint did wrong; nothing where it did as expected
     * @throws IOException where the test itself could not be made
     */
    List<Finding> play(Stage stage) throws IOException;
  }

  /** The scenario of this id in the table, which has still to be told what to do. */
  static Draw scenario(String id) {
    return new Draw(ScenarioTable.row(id));
  }

  /** A scenario that has its words, and not yet its play. */
  static final class Draw {
    private final ScenarioTable.Row row;

    private Draw(ScenarioTable.Row row) {
      this.row = row;
    }

    Rule rule() {
      return row.rule();
    }

    Scenario play(Play play) {
      return new Scenario(row.id(), row.title(), row.rule(), row.story(), play);
    }

    /** Sends one message, and wants the receipt of a good one. */
    Scenario isGood(UnaryOperator<Draft> with) {
      return reviewed(with, Review::good);
    }

    /** Sends one message, and reviews the answer. */
    Scenario reviewed(UnaryOperator<Draft> with, UnaryOperator<Review> review) {
      return play(stage -> {
        Bench bench = stage.bench();
        Exchange exchange = bench.send(with.apply(bench.draft()));
        return review.apply(Review.of(exchange, bench.endpoint().them())).findings();
      });
    }
  }
}
