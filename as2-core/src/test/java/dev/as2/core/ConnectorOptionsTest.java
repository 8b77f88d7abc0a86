package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.as2.core.ConnectorOptions.Framing;
import dev.as2.core.ConnectorOptions.LayerOrder;
import dev.as2.core.TransportOptions.Proxy;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorOptionsTest {
  @ParameterizedTest(name = "{0}: {2}, not {3}")
  @CsvFileSource(
      resources = "/vectors/options.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      emptyValue = "",
      nullValues = "-")
  void takesGoodValuesAndNamesBadOnes(
      ConnectorOption option, String standard, String good, String bad) {
    String byDefault = standard == null ? "" : standard;
    assertThat(option.defaultValue()).isEqualTo(byDefault);
    assertThat(ConnectorOptions.fromTags(Map.of(option.tag(), byDefault)))
        .isEqualTo(ConnectorOptions.DEFAULT);
    assertThat(ConnectorOptions.fromTags(Map.of(option.tag(), good)))
        .isNotEqualTo(ConnectorOptions.DEFAULT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectorOptions.fromTags(Map.of(option.tag(), bad == null ? "" : bad)))
        .withMessageContaining(option.tag());
  }

  @ParameterizedTest
  @EnumSource
  void hasARowForEachOption(ConnectorOption option) throws IOException {
    String rows = new String(Answers.bytes("/vectors/options.csv"), StandardCharsets.UTF_8);
    assertThat(Arrays.stream(rows.split("\n"))).anyMatch(r -> r.startsWith(option.name() + "|"));
    assertThat(option.reason()).endsWith(".");
    assertThat(option.form()).isNotBlank();
    assertThat(option.tag()).matches("as2:[a-z0-9-]+");
  }

  @Test
  void aRestartAndChunksContradictEachOther() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ConnectorOptions.fromTags(Map.of("as2:restart", "ON", "as2:framing", "CHUNKED")))
        .withMessageContaining("tag as2:restart is ON and tag as2:framing is CHUNKED: ");
    assertThat(ConnectorOptions.fromTags(Map.of("as2:restart", "ON")).framing())
        .isEqualTo(Framing.CONTENT_LENGTH);
  }

  @Test
  void readsEveryKindOfValue() {
    ConnectorOptions options =
        ConnectorOptions.fromTags(
            Map.of(
                "as2:layer-order", "sign_first",
                "as2:framing", " CHUNKED ",
                "as2:proxy", "http://proxy.example:3128",
                "as2:connect-timeout", "500ms",
                "as2:write-timeout", "2m",
                "as2:accepted-mics", "payload_entity FILE_CONTENT",
                "as2:retry-jitter", "25",
                "as2:header:X-Extra", "value",
                "cost-centre", "4711"));
    assertThat(options.packing().layerOrder()).isEqualTo(LayerOrder.SIGN_FIRST);
    assertThat(options.packing().framing()).isEqualTo(Framing.CHUNKED);
    assertThat(options.http().proxy()).contains(new Proxy("proxy.example", 3128));
    assertThat(options.http().timeouts().connect()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.http().timeouts().writeStall()).isEqualTo(Duration.ofMinutes(2));
    assertThat(options.mdn().acceptedMics())
        .containsExactlyInAnyOrder(MicScope.PAYLOAD_ENTITY, MicScope.FILE_CONTENT);
    assertThat(options.retry().jitter()).isEqualTo(0.25);
    assertThat(options.http().extraHeaders()).isEqualTo(Headers.of("X-Extra", "value"));
  }

  @Test
  void namesAnOptionThatDoesNotExistAndTheNearestThatDoes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectorOptions.fromTags(Map.of("as2:framin", "AUTO")))
        .withMessage("there is no option as2:framin; did you mean as2:framing?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectorOptions.fromTags(Map.of("as2:retry-attempt", "1")))
        .withMessage("there is no option as2:retry-attempt; did you mean as2:retry-attempts?");
  }

  @Test
  void saysWhatATimeLooksLike() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectorOptions.fromTags(Map.of("as2:retry-delay", "5 parsecs")))
        .withMessage("tag as2:retry-delay is '5 parsecs', not a time such as 500ms, 30s, 5m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AS2-From",
        "as2-to",
        "Message-ID",
        "Content-Type",
        "content-length",
        "Transfer-Encoding",
        "Host",
        "Authorization",
        "Disposition-Notification-To",
        "a b",
        ""
      })
  void refusesHeadersThatAreNoUsersToWrite(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectorOptions.fromTags(Map.of("as2:header:" + name, "x")));
  }

  @Test
  void refusesAHeaderValueWithASecondLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectorOptions.fromTags(Map.of("as2:header:X", "a\r\nEvil: 1")));
  }
}
