package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request of somebody who is signed in.
 *
 * @param query what was asked
 * @param members what was posted; empty with GET
 * @param accessKeyId who asks
 */
record Visit(Query query, ObjectNode members, String accessKeyId) {}
