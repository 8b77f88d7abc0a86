package dev.as2.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;

/** DER octets of ASN.1 values. */
final class Asn1 {
  private Asn1() {}

  /** The values' DER, one after the other. */
  static byte[] encoded(ASN1Encodable... values) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try {
      for (ASN1Encodable value : values) {
        octets.write(value.toASN1Primitive().getEncoded(ASN1Encoding.DER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to take octets", e);
    }
    return octets.toByteArray();
  }
}
