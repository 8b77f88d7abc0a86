package dev.as2.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a connector can send, by the same rules as sending itself. Asks the registry and nobody
 * else; says nothing of the network. Immutable.
 *
 * @param problems what would keep it from sending, a sentence each
 * @param used the certificates that it would use; of several for one purpose, the one that stays
 *     active the longest
 */
public record Readiness(List<String> problems, List<CertificateEntry> used) {
  public Readiness {
    problems = List.copyOf(problems);
    used = List.copyOf(used);
  }

  /**
   * Looks up everything that a message would need.
   *
   * @param registry finds profiles and certificates
   * @param now the moment at which certificates have to be active
   */
  public static Readiness of(Connector connector, Registry registry, Instant now) {
    List<String> problems = new ArrayList<>();
    List<CertificateEntry> used = new ArrayList<>();
    try {
      for (Lookup.Step step : Lookup.of(connector, registry, now).steps()) {
        look(step, problems, used);
      }
    } catch (As2Exception e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    // A certificate that cannot be read stands in the way of several steps.
    return new Readiness(problems.stream().distinct().toList(), used);
  }

  private static void look(Lookup.Step step, List<String> problems, List<CertificateEntry> used) {
    try {
      step.look().stream()
          .max(Comparator.comparing(CertificateEntry::inactiveDate))
          .ifPresent(used::add);
    } catch (As2Exception e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }
}
