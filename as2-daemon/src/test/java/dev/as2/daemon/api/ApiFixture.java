package dev.as2.daemon.api;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.transfer.TransferClient;

/** For each test an API over an empty state of its own, and the SDK's client of it. */
abstract class ApiFixture {
  StateFolder state;
  ApiServer api;
  TransferClient sdk;

  @BeforeEach
  void open() throws IOException {
    state = new StateFolder();
    api = ApiServer.over(state);
    sdk = api.sdk();
  }

  @AfterEach
  void close() throws IOException {
    sdk.close();
    api.close();
    state.close();
  }
}
