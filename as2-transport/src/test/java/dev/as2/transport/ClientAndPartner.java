package dev.as2.transport;

import static dev.as2.transport.Messages.request;
import static dev.as2.transport.Messages.text;

import dev.as2.core.As2Response;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What most tests of the client begin with: a client, and a partner that does as it is told. */
class ClientAndPartner {
  ScriptedPartner partner;
  NettyAs2Client client;

  @BeforeEach
  void start() throws IOException {
    partner = ScriptedPartner.start();
    client = NettyAs2Client.create();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    partner.close();
  }

  /** Sends a small message. */
  CompletableFuture<As2Response> post() {
    return client.post(request(partner.url("/"), text("hello")));
  }
}
