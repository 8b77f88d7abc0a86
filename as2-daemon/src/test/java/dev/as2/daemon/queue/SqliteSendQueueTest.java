package dev.as2.daemon.queue;

import dev.as2.daemon.state.Databases;
import java.io.IOException;

class SqliteSendQueueTest extends SendQueueContract {
  @Override
  String url() throws IOException {
    return Databases.SQLITE.url(folder);
  }
}
