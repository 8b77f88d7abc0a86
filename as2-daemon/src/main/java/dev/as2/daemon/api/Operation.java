package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** What an operation does. */
@FunctionalInterface
interface Operation {
  /**
   * @return the response's members; empty where the operation has none
   * @throws ApiException what the caller is told
   * @throws IOException where the state cannot be read or written
   */
  Optional<ObjectNode> run(Call call) throws ApiException, IOException;
}
