package dev.as2.conformance;

/** Which MDN a message asks for. */
enum Receipt {
  NONE,
  UNSIGNED,
  SIGNED
}
