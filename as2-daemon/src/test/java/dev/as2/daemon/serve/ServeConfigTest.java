package dev.as2.daemon.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.As2Exception;
import dev.as2.daemon.api.Quotas;
import dev.as2.daemon.queue.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeConfigTest {
  private static final ServeConfig.Flags NO_FLAGS = new ServeConfig.Flags(Map.of(), Map.of());

  @TempDir Path folder;

  private ServeConfig read(String yaml) throws IOException {
    return read(yaml, Map.of(), NO_FLAGS);
  }

  private ServeConfig read(String yaml, Map<String, String> environment, ServeConfig.Flags flags)
      throws IOException {
    Path file = Files.writeString(folder.resolve("as2.yaml"), yaml);
    return ServeConfig.read(Optional.of(file), environment, flags);
  }

  @Test
  void withNothingConfiguredThereAreDefaultsAndAwsS3() throws IOException {
    ServeConfig config = ServeConfig.read(Optional.empty(), Map.of(), NO_FLAGS);

    assertThat(config.text(Setting.HOST)).isEqualTo("127.0.0.1");
    assertThat(config.number(Setting.PORT, 0, 65_535)).isEqualTo(8080);
    assertThat(config.time(Setting.HISTORY)).isEqualTo(Duration.ofDays(7));
    assertThat(config.optional(Setting.DATABASE)).isEmpty();
    assertThat(config.stores().under(Optional.empty()).has("any-bucket")).isTrue();
    assertThat(config.watches()).isEmpty();
    assertThat(config.quotas()).isEqualTo(new Quotas(100, 1_000, 1_000, 100)); // AWS's
  }

  @Test
  void flagsGoBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
    String yaml = "port: 1\nhost: one\ngrace: 1s\nqueue:\n  messages: 7\n";
    ServeConfig config =
        read(
            yaml,
            Map.of("AS2_PORT", "2", "AS2_HOST", "two", "AS2_QUEUE_LANES", "9"),
            new ServeConfig.Flags(Map.of(Setting.PORT, "3"), Map.of()));

    assertThat(config.text(Setting.PORT)).isEqualTo("3");
    assertThat(config.text(Setting.HOST)).isEqualTo("two");
    assertThat(config.text(Setting.GRACE)).isEqualTo("1s");
    assertThat(config.text(Setting.QUEUE_MESSAGES)).isEqualTo("7");
    assertThat(config.text(Setting.QUEUE_LANES)).isEqualTo("9");
  }

  @Test
  void readsQuotas() throws IOException {
    ServeConfig config =
        read(
            "api: {connectors: 1, profiles: 2, certificates: 3}\n",
            Map.of("AS2_API_CALLS", "4"),
            NO_FLAGS);

    assertThat(config.quotas()).isEqualTo(new Quotas(1, 2, 3, 4));
  }

  @Test
  void readsStoresAndWatches() throws IOException {
    ServeConfig config =
        read(
            """
            stores:
              outbox: {Type: LOCAL, Root: files}
              archive: {Type: S3, Endpoint: "http://localhost:9000", PathStyle: true}
            watch:
              - name: orders
                connector: c-0123456789abcdef0
                folder: /outbox/orders
                include: "*.edi"
                settle: 3s
            """);

    assertThat(config.stores().under(Optional.empty()).names("outbox")).isTrue();
    assertThat(config.stores().under(Optional.empty()).names("archive")).isTrue();
    assertThat(config.stores().under(Optional.empty()).has("other")).isFalse();
    Watch watch = config.watches().get(0);
    assertThat(watch.bucket()).isEqualTo("outbox");
    assertThat(watch.prefix()).isEqualTo("orders/");
    assertThat(watch.settle()).isEqualTo(Duration.ofSeconds(3));
    assertThat(watch.every()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: x                                | line 1: port is 'x', not 0 to 65535",
        "host: h~prot: 1                        | line 2: prot is unknown; known are state,",
        "api:~  connectors: 0                   | line 2: api.connectors is '0', not 1 to 1000000",
        "api:~  calls: 100001                   | line 2: api.calls is '100001', not 1 to 100000",
        "queue:~  lane: 1                       | line 2: queue.lane is unknown",
        "grace: never                           | line 1: grace is 'never', not a time",
        "port: [1, 2]                           | line 1: port is not one value",
        "port: 1~port: 2                        | line 2 repeats a key",
        "port: {                                | is not YAML",
        "- one                                  | does not hold keys and values",
        "tls:~  key: k.pem                      | tls.certificate and tls.key belong together",
        "stores:~  out: {Type: TAPE}            | line 2: stores.out.Type is 'TAPE', not one of",
        "stores:~  out: {Type: LOCAL, Rot: x}   | stores.out.Root is missing",
        "watch:~  - name: a b                   | line 2: watch[0].connector is missing",
        "watch:~  - {name: a, connector: c-0123456789abcdef0, folder: /b, eery: 1s} | watch[0].eery",
      })
  void saysWhereAndWhatIsWrong(String yaml, String words) {
    assertThatThrownBy(() -> read(yaml.replace('~', '\n')))
        .isInstanceOf(As2Exception.class)
        .hasMessageContaining(words)
        .hasMessageContaining("as2.yaml".substring(0, words.startsWith("tls") ? 0 : 8));
  }

  @Test
  void aWrongVariableIsNamed() {
    assertThatThrownBy(() -> read("", Map.of("AS2_PORT", "99999"), NO_FLAGS))
        .hasMessageContaining("Environment variable AS2_PORT: port is '99999', not 0 to 65535");
  }

  @Test
  void aFolderOfTheCommandLineIsABucketBesideTheOthers() throws IOException {
    ServeConfig config = read("", Map.of(), new ServeConfig.Flags(Map.of(), Map.of("out", folder)));

    assertThat(config.stores().under(Optional.empty()).names("out")).isTrue();
    assertThat(config.stores().under(Optional.empty()).list("out", "", 10)).isNotEmpty();
    assertThat(config.stores().under(Optional.empty()).has("of-s3")).isTrue();
  }
}
