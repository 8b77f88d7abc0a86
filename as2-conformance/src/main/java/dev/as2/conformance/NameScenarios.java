package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Id;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** AS2 names: how they are written, and those that nobody knows. */
final class NameScenarios {
  private static final String UNKNOWN = "RFC 4130 §6.2";

  private NameScenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(spelling());
    all.addAll(strangers());
    odd().forEach((id, name) -> all.add(odd(id, name)));
    return all;
  }

  private static List<Scenario> spelling() {
    return List.of(
        scenario("name-quoted-from")
            .play(stage -> good(stage, d -> d.header("AS2-From", quoted(d.from())))),
        scenario("name-quoted-to")
            .play(stage -> good(stage, d -> d.header("AS2-To", quoted(d.to())))),
        scenario("name-other-case").play(NameScenarios::otherCase));
  }

  private static String quoted(As2Id name) {
    return '"' + name.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static List<Finding> good(Stage stage, UnaryOperator<Draft> with) throws IOException {
    Bench bench = stage.bench();
    return Review.of(bench.send(with.apply(bench.draft())), bench.endpoint().them())
        .good()
        .findings();
  }

  private static List<Finding> otherCase(Stage stage) throws IOException {
    Bench bench = stage.bench();
    String name = bench.endpoint().us().as2Id().value();
    String other =
        name.chars()
            .map(
                c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    if (other.equals(name)) {
      return List.of(); // a name without letters has no other case
    }
    Exchange exchange = bench.send(bench.draft().from(new As2Id(other)));
    return Review.of(exchange, bench.endpoint().them())
        .answered()
        .thatOfExchange(e ->
            accepted(e)
                ? Optional.of(
                    new Finding(
                        "The endpoint takes '%s' for '%s': AS2 names are case-sensitive."
                            .formatted(other, name),
                        UNKNOWN))
                : Optional.empty())
        .findings();
  }

  private static boolean accepted(Exchange exchange) {
    try {
      return exchange.mdn().filter(mdn -> mdn.disposition().isPositive()).isPresent();
    } catch (As2Exception e) {
      return false; // no MDN that could say yes
    }
  }

  private static List<Scenario> strangers() {
    return List.of(
        scenario("partner-unknown-from")
            .reviewed(
                draft -> draft.from(new As2Id("conformance-stranger")),
                review -> unknown(review, "AS2-From")),
        scenario("partner-unknown-to")
            .reviewed(
                draft -> draft.to(new As2Id("conformance-stranger")),
                review -> unknown(review, "AS2-To")),
        scenario("partner-sender-equals-receiver")
            .play(stage -> {
              Bench bench = stage.bench();
              Draft draft = bench.draft().from(bench.endpoint().them().as2Id());
              return unknown(Review.of(bench.send(draft), bench.endpoint().them()), "AS2-From")
                  .findings();
            }));
  }

  /** Any refusal will do; silence and acceptance will not. */
  private static Review unknown(Review review, String header) {
    return review
        .answered()
        .thatOfExchange(e ->
            accepted(e)
                ? Optional.of(
                    new Finding(
                        "The endpoint accepted a message with an unknown %s.".formatted(header),
                        UNKNOWN))
                : Optional.empty())
        .thatOfExchange(e ->
            e.status() / 100 == 5
                ? Optional.of(
                    new Finding(
                        "The endpoint answers an unknown %s with HTTP status %s, as if it had"
                                .formatted(header, e.status())
                            + " failed itself; senders then try again.",
                        UNKNOWN))
                : Optional.empty());
  }

  /** The names of Drummond's odd profile: allowed, and rarely thought of. */
  private static Map<String, String> odd() {
    return new TreeMap<>(
        Map.of(
            "spaces", "a b c !",
            "brackets", "company [ test ]",
            "angles", "<x>",
            "hash", "#",
            "comma", "a,b",
            "semicolon", "trailing;",
            "quotes", "say \"yes\" \\ no"));
  }

  private static Scenario odd(String id, String name) {
    return scenario("name-odd-" + id)
        .reviewed(
            draft -> draft.from(new As2Id(name)),
            review -> unknown(review, "AS2-From").thatOfExchange(e -> echoed(e, name)));
  }

  private static Optional<Finding> echoed(Exchange exchange, String name) {
    try {
      return exchange
          .mdn()
          .flatMap(mdn -> mdn.to())
          .filter(to -> !to.value().equals(name))
          .map(to ->
              new Finding(
                  "The MDN for '%s' is addressed to '%s'.".formatted(name, to), "RFC 4130 §6.2"));
    } catch (As2Exception e) {
      return Optional.empty(); // an MDN is not demanded here
    }
  }
}
