package dev.as2.conformance;

/** How much it matters that a scenario goes as expected. */
public enum Severity {
  /** The standard demands it, or messages get lost without it. */
  MUST,
  /** The standard recommends it. */
  SHOULD,
  /** No standard demands it; partners are known that need it. */
  TOLERANCE,
  /** Nobody has to; it is good to know. */
  NOTE
}
