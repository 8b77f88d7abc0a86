package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Answers one kind of request. */
@FunctionalInterface
interface Endpoint {
  ObjectNode answer(Visit visit) throws Refusal, IOException;
}
