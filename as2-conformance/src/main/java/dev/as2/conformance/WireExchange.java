package dev.as2.conformance;

/**
 * A request and what came back, as they went over the wire, bounded. Chunks are shown joined.
 *
 * @param sent the request
 * @param received the answer; nothing where none came
 * @param note why there is no whole answer, in one sentence; empty where there is
 */
public record WireExchange(Octets sent, Octets received, String note) {}
