package dev.as2.daemon;

import dev.as2.core.CertificateEntry;
import dev.as2.core.Connector;
import dev.as2.core.Readiness;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for what would keep a connector from sending, or soon will: a sentence each, naming the id.
 * What keeps it from sending is the engine's own judgement.
 */
final class ConnectorCheck {
  private static final Duration SOON = Duration.ofDays(30);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

  private final ConfigFolder config;
  private final Connector connector;
  private final Instant now = Instant.now();
  private final Readiness readiness;

  ConnectorCheck(ConfigFolder config, Connector connector) {
    this.config = config;
    this.connector = connector;
    this.readiness = Readiness.of(connector, config, now);
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>(readiness.problems());
    readiness.used().stream()
        .filter(each -> each.inactiveDate().isBefore(now.plus(SOON)))
        .map(ConnectorCheck::endsSoon)
        .forEach(problems::add);
    connector.as2().basicAuthSecretId().ifPresent(id -> secret(id, problems));
    return List.copyOf(problems);
  }

  private static String endsSoon(CertificateEntry entry) {
    return "Certificate %s (%s) is only used until %s."
        .formatted(entry.id(), entry.usage(), DAY.format(entry.inactiveDate()));
  }

  private void secret(String id, List<String> problems) {
    try {
      config.credentials(id);
    } catch (IOException e) {
      problems.add(Sentences.of(e));
    }
  }

  /** What keeps nothing from being sent, and is worth a look: secrets that others can read. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    readiness.used().stream()
        .filter(each -> each.privateKey().isPresent())
        .flatMap(each -> config.keys().exposed(each.id()).stream())
        .forEach(warnings::add);
    connector.as2().basicAuthSecretId().ifPresent(id -> exposedSecret(id, warnings));
    return List.copyOf(warnings);
  }

  private void exposedSecret(String id, List<String> warnings) {
    try {
      config.secrets().exposed(id).ifPresent(warnings::add);
    } catch (IOException e) {
      // That it is not there is a problem, which is told already.
    }
  }
}
