package dev.as2.daemon.queue;

import dev.as2.daemon.state.Databases;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("large")
class PostgresSendQueueTest extends SendQueueContract {
  @Override
  String url() throws IOException {
    return Databases.POSTGRESQL.url(folder);
  }
}
