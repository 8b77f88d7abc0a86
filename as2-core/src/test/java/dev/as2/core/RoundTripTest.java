package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.ConnectorOptions.LayerOrder;
import dev.as2.mime.Content;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every permutation of layers, in both transfer encodings, packed by us and received by us. */
class RoundTripTest {
  private static final URI URL = URI.create("https://partner.example/as2");

  @TempDir Path inbox;

  static Stream<Arguments> cases() {
    return Trade.permutations().stream()
        .flatMap(p ->
            Stream.of("BINARY", "BASE64")
                .flatMap(encoding ->
                    Stream.of(0, 1, 100_000)
                        .map(size -> Arguments.of(p.getKey(), p.getValue(), encoding, size))));
  }

  @ParameterizedTest(name = "{0} {1} {2} {3} bytes")
  @MethodSource("cases")
  void arrivesAsItWasAndIsProved(Set<Layer> layers, LayerOrder order, String encoding, int size)
      throws Exception {
    byte[] file = new byte[size];
    new Random(size).nextBytes(file);
    Connector connector =
        Trade.connector(
            URL,
            layers,
            Map.of("as2:layer-order", order.name(), "as2:transfer-encoding", encoding),
            MdnSigningAlgorithm.SHA256,
            MdnResponse.SYNC);
    OutboundMessage message = message(connector, file);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    message.writeBodyTo(body);
    message.bodyLength().ifPresent(length -> assertThat(length).isEqualTo(body.size()));

    As2Handler.Answer answer =
        new Receiver(
                new Receiver.Party(
                    Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
                new Receiver.Sender(Trade.OUR_ID, List.of(Trade.US.certificate())),
                inbox,
                Clock.systemUTC())
            .handle(ScriptedClient.arrived("POST", message.headers(), body.toByteArray()));

    Mdn mdn = MdnReader.read(answer.headers(), answer.body()).orElseThrow();
    assertThat(mdn.dispositionField()).isEqualTo(Disposition.PROCESSED.toWire());
    assertThat(Files.readAllBytes(inbox.resolve("ordérs \"1\".edi".replace('"', '_'))))
        .isEqualTo(file);
    Sent.Mics mics = new Sent.Mics(message.micScope(), DigestAlgorithm.SHA256, message.digests());
    assertThat(mics.rightAlgorithm(mdn.mic().orElseThrow())).contains(DigestAlgorithm.SHA256);
    assertThat(
            mdn.signature().orElseThrow().verify(List.of(Trade.PARTNER.certificate())).toString())
        .contains("Verified");
  }

  private static OutboundMessage message(Connector connector, byte[] file) throws Exception {
    Instant now = Instant.now();
    Partnership partnership = Partnership.resolve(connector, Trade.registry(connector), now);
    SecureRandom random = new SecureRandom();
    Seal seal = Seal.draw(MessageId.random(random), partnership, now, random);
    Payload payload = new Payload("ordérs \"1\".edi", "application/edi-x12", Content.of(file));
    return new OutboundMessage(
        partnership,
        seal,
        payload,
        OutboundHeaders.around(partnership, seal, "a subject", Headers.EMPTY));
  }
}
