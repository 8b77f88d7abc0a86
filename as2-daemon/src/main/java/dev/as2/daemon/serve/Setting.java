package dev.as2.daemon.serve;

import java.util.Locale;

/**
 * The settings that are one value each. Every one of them can stand in the configuration file and
 * in the environment, some are flags of {@code as2 serve}; {@code docs/serve.md} is this enum as a
 * table.
 */
public enum Setting {
  STATE(
      "state",
      "./as2-state",
      "a folder",
      "Where the daemon keeps what is its own: the database where that is a file, the master key, the"
          + " first access key. One daemon at a time uses a folder."),
  HOST(
      "host",
      "127.0.0.1",
      "an address of this machine",
      "Where it listens; 0.0.0.0 is everywhere."),
  PORT("port", "8080", "0 to 65535", "Where it listens; 0 takes any port that is free."),
  DATABASE(
      "database",
      "",
      "jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE?user=...&password=...",
      "Connectors, keys, queue and history. By default the file as2.db in the state folder; on"
          + " PostgreSQL several daemons share the work."),
  MASTER_KEY(
      "master-key",
      "",
      "a file, or a key of AWS KMS: kms:ARN",
      "What encrypts the keys in the database. By default the file master.key in the state folder, made"
          + " at the first start: without it the private keys are lost. All daemons over one database"
          + " need the same."),
  REGION(
      "region",
      "us-east-1",
      "a region",
      "What stands in ARNs, and what signatures are checked for."),
  ACCOUNT("account", "000000000000", "12 digits", "What stands in ARNs."),
  GRACE(
      "grace",
      "30s",
      "a time such as 500ms, 30s, 5m, 24h",
      "How long a daemon that is told to end lets messages under way come to theirs. What is left then"
          + " is sent by its next start, or by another daemon."),
  HISTORY("history", "168h", "a time", "How long a transfer is remembered after its end."),
  QUEUE_MESSAGES(
      "queue.messages",
      "1000",
      "1 to 100000",
      "How many messages this daemon has under way at once, of all connectors together."),
  QUEUE_LANES(
      "queue.lanes",
      "1000",
      "1 to 10000",
      "How many connectors this daemon works for at once; each holds a thread that mostly waits."),
  QUEUE_WORKERS(
      "queue.workers",
      "64",
      "1 to 4096",
      "How many messages may be prepared, judged or recorded at once; each holds a thread that mostly"
          + " waits for S3 and the database. More where those are slow and processors are idle."),
  QUEUE_SLICE(
      "queue.slice",
      "10s",
      "a time",
      "How long a connector keeps its turn while others wait for one."),
  QUEUE_HEARTBEAT(
      "queue.heartbeat",
      "5s",
      "a time",
      "How often a daemon says that it lives. Where four of these were missed, another daemon takes over,"
          + " within six of them."),
  QUEUE_POLL(
      "queue.poll",
      "2s",
      "a time",
      "How often a daemon looks for what another one has accepted or left."),
  API_CALLS(
      "api.calls",
      "100",
      "1 to 100000",
      "How often each access key may call in a second; what is more gets a ThrottlingException."),
  API_CONNECTORS(
      "api.connectors",
      "100",
      "1 to 1000000",
      "How many connectors there may be. This default and the next two are AWS's quotas."),
  API_PROFILES("api.profiles", "1000", "1 to 1000000", "How many profiles there may be."),
  API_CERTIFICATES(
      "api.certificates", "1000", "1 to 1000000", "How many certificates there may be."),
  TLS_CERTIFICATE(
      "tls.certificate",
      "",
      "a PEM file: the certificate, and those that vouch for it",
      "The daemon listens for https then. Read again when it changes."),
  TLS_KEY("tls.key", "", "a PEM file", "The private key of tls.certificate."),
  EVENTS_LOG("events.log", "", "a file", "Gets each event as one line of JSON."),
  EVENTS_WEBHOOK(
      "events.webhook",
      "",
      "a URL",
      "Gets each event as a POST; an answer that is not 2xx, or not whole after 30 s, means that it is"
          + " sent again."),
  EVENTS_BUS(
      "events.bus",
      "",
      "a name or an ARN",
      "The bus of AWS EventBridge that gets each event, found by AWS's default chain."),
  EVENTS_ENDPOINT(
      "events.endpoint", "", "a URL", "Where EventBridge is, where that is not AWS's own place."),
  SECRETS(
      "secrets",
      "",
      "a folder, or aws",
      "Where BasicAuthSecretId leads: to files NAME.json below a folder, or to AWS Secrets Manager. By"
          + " default the folder secrets in the state folder.");

  private final String key;
  private final String defaultValue;
  private final String form;
  private final String reason;

  Setting(String key, String defaultValue, String form, String reason) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.form = form;
    this.reason = reason;
  }

  /** The key in the configuration file; a dot stands between the levels. */
  public String key() {
    return key;
  }

  /** The name in the environment, for example {@code AS2_QUEUE_MESSAGES}. */
  public String variable() {
    return "AS2_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  /** The value where nothing sets it; empty for none. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Which values there are. */
  public String form() {
    return form;
  }

  /** What it does. */
  public String reason() {
    return reason;
  }
}
