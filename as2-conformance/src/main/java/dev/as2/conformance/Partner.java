package dev.as2.conformance;

import dev.as2.core.As2Id;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who is tested.
 *
 * @param as2Id its name
 * @param certificates what it signs with; the first is what we encrypt to
 */
public record Partner(As2Id as2Id, List<X509Certificate> certificates) {
  /**
   * @throws IllegalArgumentException where there is no certificate
   */
  public Partner {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("the partner " + as2Id + " has no certificate");
    }
  }

  /** What we encrypt to. */
  X509Certificate encryption() {
    return certificates.get(0);
  }
}
