package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorOptions.LayerOrder;
import dev.as2.mime.Content;
import dev.as2.mime.Headers;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the receiver says of messages that are damaged: the layer's fault, never a server's. */
class DamagedMessageTest {
  @TempDir Path inbox;

  @ParameterizedTest(name = "{0} of {1} bytes, cut {2} octets before its end")
  @CsvSource({
    "ENCRYPT,1000,16,decryption-failed",
    "ENCRYPT,300000,16,decryption-failed",
    "ENCRYPT,300000,150000,decryption-failed",
    "COMPRESS,300000,5000,decompression-failed",
    "SIGN,300000,5000,integrity-check-failed"
  })
  void namesTheLayerOfAMessageThatWasCut(Layer layer, int size, int cut, String reason)
      throws Exception {
    byte[] file = new byte[size];
    new Random(size).nextBytes(file);
    OutboundMessage message = message(layer, file);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    message.writeBodyTo(body);

    byte[] octets = body.toByteArray();
    assertThat(disposition(message.headers(), Arrays.copyOf(octets, octets.length - cut)))
        .contains("processed/error: " + reason);
  }

  @Test
  void namesTheSignedPartsThatCannotBeToldApart() throws Exception {
    OutboundMessage message = message(Layer.SIGN, new byte[10]);
    byte[] other = "--another\r\n\r\nbody\r\n--another--".getBytes(StandardCharsets.US_ASCII);
    assertThat(disposition(message.headers(), other))
        .contains("processed/error: integrity-check-failed");
  }

  private String disposition(Headers headers, byte[] body) throws Exception {
    As2Handler.Answer answer =
        new Receiver(
                new Receiver.Party(
                    Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
                new Receiver.Sender(Trade.OUR_ID, List.of(Trade.US.certificate())),
                inbox,
                Clock.systemUTC())
            .handle(ScriptedClient.arrived("POST", headers, body));
    return MdnReader.read(answer.headers(), answer.body()).orElseThrow().dispositionField();
  }

  private static OutboundMessage message(Layer layer, byte[] file) throws Exception {
    Connector connector =
        Trade.connector(
            URI.create("https://partner.example/"),
            Set.of(layer),
            Map.of("as2:layer-order", LayerOrder.COMPRESS_FIRST.name()));
    Instant now = Instant.now();
    Partnership partnership = Partnership.resolve(connector, Trade.registry(connector), now);
    SecureRandom random = new SecureRandom();
    Seal seal = Seal.draw(MessageId.random(random), partnership, now, random);
    return new OutboundMessage(
        partnership,
        seal,
        new Payload("a.bin", "application/octet-stream", Content.of(file)),
        OutboundHeaders.around(partnership, seal, "s", Headers.EMPTY));
  }
}
