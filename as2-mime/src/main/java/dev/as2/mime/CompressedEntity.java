package dev.as2.mime;

import static dev.as2.mime.Asn1.encoded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Adds a compressed-data layer: ZLIB (RFC 1950) in CMS CompressedData (RFC 3274, RFC 5402 §2), in
 * BER, as its length is not known beforehand. Holds zlib's state of 256 KiB and a block or two.
 */
public final class CompressedEntity implements Entity {
  private static final int BLOCK_BYTES = 32 << 10;
  private static final int OCTET_STRING = 0x04;

  private static final OctetStringFrame FRAME =
      new OctetStringFrame(
          List.of(
              new OctetStringFrame.Level(0x30, encoded(CMSObjectIdentifiers.compressedData)),
              new OctetStringFrame.Level(0xA0, new byte[0]),
              new OctetStringFrame.Level(
                  0x30,
                  encoded(
                      new ASN1Integer(0),
                      new AlgorithmIdentifier(PKCSObjectIdentifiers.id_alg_zlibCompress))),
              new OctetStringFrame.Level(0x30, encoded(CMSObjectIdentifiers.data)),
              new OctetStringFrame.Level(0xA0, new byte[0])),
          OCTET_STRING);

  private final Entity inner;

  public CompressedEntity(Entity inner) {
    this.inner = inner;
  }

  @Override
  public Headers headers() {
    return Headers.of(
        "Content-Type", "application/pkcs7-mime; smime-type=compressed-data; name=\"smime.p7z\"",
        "Content-Transfer-Encoding", "binary",
        "Content-Disposition", "attachment; filename=\"smime.p7z\"");
  }

  @Override
  public OptionalLong bodyLength() {
    return OptionalLong.empty();
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    FRAME.write(out, OptionalLong.empty(), this::deflateTo);
  }

  private void deflateTo(OutputStream out) throws IOException {
    Deflater deflater = new Deflater();
    try {
      DeflaterOutputStream zlib = new DeflaterOutputStream(out, deflater, BLOCK_BYTES);
      inner.writeTo(zlib);
      zlib.finish(); // only now: a failed write must leave a stream that no reader takes for whole
    } finally {
      deflater.end();
    }
  }
}
