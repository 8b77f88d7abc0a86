package dev.as2.daemon.queue;

class SqliteSendQueueTest extends SendQueueContract {
  @Override
  String url() {
    return "jdbc:sqlite:" + folder.resolve("as2.db");
  }
}
