package dev.as2.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * Each layer by itself, over a content in memory and into nothing. One operation is one message,
 * with all that is made for each message and nothing that is kept between messages.
 *
 * <p>Every layer's figure has that of {@link #content} in it, which is one copy.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MimeStages {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final RsaIdentity IDENTITY = RsaIdentity.selfSigned("bench");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.now();

  /** No layer: the content's octets, a block at a time. */
  @Benchmark
  public long content(Payload payload, Volume volume) throws IOException {
    return written(payload.entity(), payload, volume);
  }

  /** Deflate, and CMS around it. */
  @Benchmark
  public long compress(Payload payload, Volume volume) throws IOException {
    return written(new CompressedEntity(payload.entity()), payload, volume);
  }

  /** The digest for the MIC alone, of the entity, as a message with signature takes it. */
  @Benchmark
  public long tap(Payload payload, Volume volume) throws IOException {
    return written(tapped(payload), payload, volume);
  }

  /** The digest, an RSA signature, and the multipart around them. */
  @Benchmark
  public long sign(Payload payload, Volume volume) throws IOException {
    Signer signer = new Signer(IDENTITY.key(), IDENTITY.certificate(), sha256(), true, false);
    SignedEntity.Frame frame = new SignedEntity.Frame("----boundary", "sha-256", NOW);
    return written(new SignedEntity(tapped(payload), signer, frame), payload, volume);
  }

  /** A key drawn and wrapped, AES-128-CBC, and CMS around it. */
  @Benchmark
  public long encrypt(Payload payload, Volume volume) throws IOException, GeneralSecurityException {
    ContentKey key =
        ContentKey.draw(ContentCipher.AES128_CBC, List.of(IDENTITY.certificate()), RANDOM);
    return written(new EncryptedEntity(payload.entity(), key), payload, volume);
  }

  /** ASN.1 of a length that is known: one octet string. */
  @Benchmark
  public long frameDefinite(Payload payload, Volume volume) throws IOException {
    return framed(OptionalLong.of(payload.octets().length), payload, volume);
  }

  /** ASN.1 of a length that is not known: chunks. */
  @Benchmark
  public long frameIndefinite(Payload payload, Volume volume) throws IOException {
    return framed(OptionalLong.empty(), payload, volume);
  }

  private static DigestTap tapped(Payload payload) {
    return new DigestTap(payload.entity(), EnumSet.of(sha256()), Set.of());
  }

  private static DigestAlgorithm sha256() {
    return DigestAlgorithm.SHA256;
  }

  private static long written(Entity entity, Payload payload, Volume volume) throws IOException {
    Sink sink = new Sink();
    entity.writeTo(sink);
    volume.bytesPerSecond += payload.octets().length;
    return sink.octets();
  }

  private static long framed(OptionalLong length, Payload payload, Volume volume)
      throws IOException {
    OctetStringFrame frame =
        new OctetStringFrame(List.of(new OctetStringFrame.Level(0x30, new byte[0])), 0x04);
    Sink sink = new Sink();
    frame.write(sink, length, out -> blocks(payload.octets(), out));
    volume.bytesPerSecond += payload.octets().length;
    return sink.octets();
  }

  private static void blocks(byte[] octets, OutputStream out) throws IOException {
    for (int at = 0; at < octets.length; at += BLOCK_BYTES) {
      out.write(octets, at, Math.min(BLOCK_BYTES, octets.length - at));
    }
  }

  /** Counts what is written to it. */
  private static final class Sink extends OutputStream {
    private long octets;

    @Override
    public void write(int octet) {
      octets++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      octets += length;
    }

    long octets() {
      return octets;
    }
  }
}
