package dev.as2.conformance;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

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

  /** Begins a description. */
  static Draw scenario(String id, String title, String source) {
    return new Draw(id, title, source);
  }

  /** Collects a description. */
  static final class Draw {
    private final String id;
    private final String title;
    private final String source;
    private Severity severity = Severity.MUST;
    private Set<Profile> profiles = EnumSet.of(Profile.BASIC, Profile.DRUMMOND);
    private String sent = "";
    private String expected = "a good receipt";

    private Draw(String id, String title, String source) {
      this.id = id;
      this.title = title;
      this.source = source;
    }

    Draw should() {
      severity = Severity.SHOULD;
      return this;
    }

    Draw tolerance() {
      severity = Severity.TOLERANCE;
      return this;
    }

    Draw in(Profile... some) {
      profiles = Set.of(some);
      return this;
    }

    Draw sends(String what) {
      sent = what;
      return this;
    }

    Draw expects(String what) {
      expected = what;
      return this;
    }

    Scenario play(Play play) {
      return new Scenario(
          id, title, new Rule(source, severity, profiles), new Story(sent, expected), play);
    }

    /** Sends one message, and wants the receipt of a good one. */
    Scenario isGood(Function<Draft, Draft> with) {
      return reviewed(with, Review::good);
    }

    /** Sends one message, and reviews the answer. */
    Scenario reviewed(Function<Draft, Draft> with, Function<Review, Review> review) {
      return play(
          stage -> {
            Bench bench = stage.bench();
            Exchange exchange = bench.send(with.apply(bench.draft()));
            return review.apply(Review.of(exchange, bench.endpoint().them())).findings();
          });
    }
  }
}
