package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorOptions.MicalgSpelling;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** RFC 4130 §7.3: which MDN is asked for; what is refused is in refusals.csv. */
class ReceiptRequestTest {
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/vectors/receipt-requests.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      nullValues = "-",
      emptyValue = "")
  void readsTheOptions(
      String why,
      String options,
      DigestAlgorithm signature,
      DigestAlgorithm mic,
      MicalgSpelling spelling) {
    ReceiptRequest request =
        ReceiptRequest.of(
            Headers.of(
                "Disposition-Notification-To",
                "anybody",
                "Disposition-Notification-Options",
                options == null ? "" : options));

    assertThat(request.wanted()).isTrue();
    assertThat(request.refusal()).isEmpty();
    assertThat(request.signature()).isEqualTo(Optional.ofNullable(signature));
    assertThat(request.mic()).isEqualTo(mic);
    assertThat(request.spelling()).isEqualTo(spelling);
    assertThat(request.isAsynchronous()).isFalse();
  }

  @Test
  void wantsNothingWithoutDispositionNotificationTo() {
    assertThat(
            ReceiptRequest.of(
                Headers.of(
                    "Disposition-Notification-Options",
                    "signed-receipt-protocol=optional, pkcs7-signature",
                    "Receipt-Delivery-Option",
                    "http://a/")))
        .isEqualTo(ReceiptRequest.NONE);
  }
}
