package dev.as2.conformance;

import dev.as2.mime.RsaIdentity;
import java.util.List;
import java.util.stream.Stream;

/** Further keys of ours, which the other side knows; only made where a test has use for them. */
final class TestSigners {
  /** One that is EC, and one of 4096 bits. */
  static final List<Party> ALL =
      Stream.of("secp256r1", "RSA4096")
          .map(kind -> RsaIdentity.ofKind("us-" + kind, kind))
          .map(made -> new Party(TestParties.US.as2Id(), made.key(), made.certificate()))
          .toList();

  private TestSigners() {}

  /** Who we are to the other side, with all our keys. */
  static Partner us() {
    return new Partner(
        TestParties.US.as2Id(),
        Stream.concat(Stream.of(TestParties.US), ALL.stream()).map(Party::certificate).toList());
  }
}
