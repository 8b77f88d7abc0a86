package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.ConnectorOptions.LayerOrder;
import dev.as2.core.ReceivingStage.Made;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every permutation of layers under an agreement, with every kind of MDN. */
@Timeout(60)
class AgreementRoundTripTest {
  private static final String URL = "https://mdn.example/as2/mdn?of=us";

  @TempDir Path spool;

  static Stream<Arguments> cases() {
    return Trade.permutations().stream()
        .flatMap(p ->
            Stream.of(MdnSigningAlgorithm.NONE, MdnSigningAlgorithm.SHA384)
                .flatMap(mdn ->
                    Stream.of("synchronous", "asynchronous")
                        .map(how -> Arguments.of(p.getKey(), p.getValue(), mdn, how))));
  }

  @ParameterizedTest(name = "{0} {1} MDN {2} {3}")
  @MethodSource("cases")
  void isStoredAndProved(
      Set<Layer> layers, LayerOrder order, MdnSigningAlgorithm signature, String how)
      throws Exception {
    Made made =
        ReceivingStage.message(
            ReceivingStage.connector(
                layers, signature, MdnResponse.SYNC, "as2:layer-order", order.name()),
            ReceivingStage.NAME,
            ReceivingStage.FILE);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      Mdn mdn = how.equals("synchronous") ? answered(stage, made) : posted(stage, made);

      assertThat(mdn.dispositionField()).isEqualTo(Disposition.PROCESSED.toWire());
      assertThat(made.isStatedBy(mdn.mic().orElseThrow())).isTrue();
      assertThat(mdn.isFor(MessageId.fromHeader(made.headers().first("Message-ID").orElseThrow())))
          .isTrue();
      assertThat(mdn.from()).contains(ReceivingStage.RECEIVER);
      assertThat(mdn.to()).contains(Trade.OUR_ID);
      assertThat(mdn.signature().isPresent()).isEqualTo(signature != MdnSigningAlgorithm.NONE);
      if (mdn.signature().isPresent()) {
        assertThat(mdn.signature().get().verify(List.of(Trade.PARTNER.certificate())).toString())
            .contains("Verified");
      }
      Reception reception = stage.reception();
      assertThat(reception.content().files()).hasSize(1);
      assertThat(stage.octets(reception.content().files().get(0).path()))
          .isEqualTo(ReceivingStage.FILE);
      assertThat(stage.spoolIsEmpty()).isTrue();
    }
  }

  private static Mdn answered(ReceivingStage stage, Made made) throws IOException {
    As2Handler.Answer answer = stage.receive(made);
    assertThat(answer.status()).isEqualTo(200);
    return ReceivingStage.mdn(answer);
  }

  private static Mdn posted(ReceivingStage stage, Made made) throws Exception {
    stage.client.then(ScriptedClient.answer(200, ""));
    As2Handler.Answer answer = stage.receive(made.with("Receipt-Delivery-Option", URL));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(stage.deliveries.next()).isEmpty();
    As2Request request = stage.client.requests().get(0);
    assertThat(request.url()).hasToString(URL);
    return ReceivingStage.mdn(request);
  }
}
