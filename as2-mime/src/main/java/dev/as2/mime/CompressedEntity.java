package dev.as2.mime;

import static dev.as2.mime.Asn1.encoded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Adds a compressed-data layer: ZLIB (RFC 1950) in CMS CompressedData (RFC 3274, RFC 5402 §2), in
 * BER, as its length is not known beforehand.
 *
 * <p>Content beyond 128 KiB is deflated in blocks, on other cores where some are free; the octets
 * are the same wherever that is done. A write that ends, in whatever way, has no block at work
 * left. Holds less than 2 MiB, and each of the process's helpers 256 KiB while it deflates; of a
 * content of a few KiB, 256 KiB and a few.
 */
public final class CompressedEntity implements Entity {
  private static final int ZLIBS_OWN_LEVEL = 6;

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
  private final int level;
  private final Cores cores;

  /** With zlib's own default level, which is 6. */
  public CompressedEntity(Entity inner) {
    this(inner, ZLIBS_OWN_LEVEL);
  }

  /**
   * @param level zlib's level, from 1 (fast) to 9 (small)
   */
  public CompressedEntity(Entity inner, int level) {
    this(inner, level, Cores.SHARED);
  }

  CompressedEntity(Entity inner, int level, Cores cores) {
    if (level < 1 || level > 9) {
      throw new IllegalArgumentException(
          "the compression level is %d, not 1 to 9".formatted(level));
    }
    this.inner = inner;
    this.level = level;
    this.cores = cores;
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
    try (ZlibOutput zlib = new ZlibOutput(out, level, cores)) {
      inner.writeTo(zlib);
      zlib.finish(); // only now: a failed write must leave a stream that no reader takes for whole
    }
  }
}
