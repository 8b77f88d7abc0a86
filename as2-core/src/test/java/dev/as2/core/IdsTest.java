package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS's forms of ids, and Message-IDs (RFC 4130 §5.3.3). */
class IdsTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void areDrawnInAwsForms() {
    for (int i = 0; i < 500; i++) {
      assertThat(ConnectorId.random(RANDOM).value()).matches("c-[0-9a-f]{17}");
      assertThat(ProfileId.random(RANDOM).value()).matches("p-[0-9a-f]{17}");
      assertThat(CertificateId.random(RANDOM).value()).matches("cert-[0-9a-f]{17}");
      assertThat(TransferId.random(RANDOM).value())
          .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      assertThat(MessageId.random(RANDOM).value())
          .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@[0-9a-f]{16}");
    }
    assertThat(MessageId.random(RANDOM)).isNotEqualTo(MessageId.random(RANDOM));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c-",
        "c-0123456789abcdef",
        "c-0123456789abcdef01",
        "c-0123456789ABCDEF0",
        "p-0123456789abcdef0",
        " c-0123456789abcdef0"
      })
  void refusesOtherConnectorIds(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectorId(id))
        .withMessageContaining(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c-0123456789abcdef0", "p-0123456789abcdeg0"})
  void refusesOtherProfileIds(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ProfileId(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cert-0", "cert-0123456789abcdef0 "})
  void refusesOtherCertificateIds(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CertificateId(id));
  }

  @Test
  void takesTransferIdsAsAwsDoes() {
    assertThat(new TransferId("a/B.9-").value()).isEqualTo("a/B.9-");
    assertThat(new TransferId("x".repeat(512)).value()).hasSize(512);
    for (String bad : new String[] {"", "x".repeat(513), "a b", "a_b", "a\nb"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new TransferId(bad));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "<a@b>|a@b",
        "a@b|a@b",
        " <a@b> |a@b",
        "< a@b >|a@b",
        "<a@b|a@b",
        "a@b>|a@b",
        "<<a>>|<a>"
      })
  void readsAMessageIdWithOrWithoutBrackets(String header, String value) {
    assertThat(MessageId.fromHeader(header).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "<>", "<", ">", "< >", "<a\r\nb>", "<ä>"})
  void refusesAMessageIdOfNothingOrOfControls(String header) {
    assertThatIllegalArgumentException().isThrownBy(() -> MessageId.fromHeader(header));
  }

  @Test
  void keepsAMessageIdWithinALine() {
    assertThat(new MessageId("x".repeat(998)).toHeader()).hasSize(1_000);
    assertThatIllegalArgumentException().isThrownBy(() -> new MessageId("x".repeat(999)));
  }
}
