package dev.as2.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Leaves an entity as it is, and digests what is written: the whole entity, and its body alone.
 *
 * <p>The digests are those of the last complete write; there are none before one. Used by one
 * thread at a time, as any entity; the digests may be read from another thread after the write.
 */
public final class DigestTap implements Entity {
  /** So much is worth waking another core for. */
  private static final int SHARED_BYTES = 256 << 10;

  /** What is digested at a time: short enough for the JVM to see soon that this has to be fast. */
  private static final int PIECE_BYTES = 16 << 10;

  private final Entity inner;
  private final Set<DigestAlgorithm> ofEntity;
  private final Set<DigestAlgorithm> ofBody;
  private volatile Optional<Digests> digests = Optional.empty();

  /**
   * @param ofEntity which digests to take of the entity
   * @param ofBody which digests to take of its body
   */
  public DigestTap(Entity inner, Set<DigestAlgorithm> ofEntity, Set<DigestAlgorithm> ofBody) {
    this.inner = inner;
    this.ofEntity = Set.copyOf(ofEntity);
    this.ofBody = Set.copyOf(ofBody);
  }

  /** Takes the same digests of the entity and of its body. */
  public DigestTap(Entity inner, Set<DigestAlgorithm> algorithms) {
    this(inner, algorithms, algorithms);
  }

  /**
   * What one write came to.
   *
   * @param entity digests of headers, empty line and body
   * @param body digests of the body alone
   */
  public record Digests(Map<DigestAlgorithm, byte[]> entity, Map<DigestAlgorithm, byte[]> body) {}

  @Override
  public Headers headers() {
    return inner.headers();
  }

  @Override
  public OptionalLong bodyLength() {
    return inner.bodyLength();
  }

  /** The digests of the last complete write. */
  public Optional<Digests> digests() {
    return digests;
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    digests = Optional.empty();
    Map<DigestAlgorithm, MessageDigest> entity = started(ofEntity);
    Map<DigestAlgorithm, MessageDigest> body = started(ofBody);
    byte[] headerBlock = headers().toBytes();
    entity.values().forEach(d -> d.update(headerBlock));
    inner.writeBodyTo(new Digesting(out, entity, body));
    digests = Optional.of(new Digests(finished(entity), finished(body)));
  }

  private static Map<DigestAlgorithm, MessageDigest> started(Set<DigestAlgorithm> algorithms) {
    Map<DigestAlgorithm, MessageDigest> all = new EnumMap<>(DigestAlgorithm.class);
    algorithms.forEach(a -> all.put(a, a.newDigest()));
    return all;
  }

  private static Map<DigestAlgorithm, byte[]> finished(Map<DigestAlgorithm, MessageDigest> all) {
    Map<DigestAlgorithm, byte[]> values = new EnumMap<>(DigestAlgorithm.class);
    all.forEach((algorithm, digest) -> values.put(algorithm, digest.digest()));
    return values;
  }

  /** Digests on the way through: long writes on another core, where one is free. */
  private static final class Digesting extends OutputStream {
    private final OutputStream out;
    private final MessageDigest[] digests;

    Digesting(
        OutputStream out,
        Map<DigestAlgorithm, MessageDigest> entity,
        Map<DigestAlgorithm, MessageDigest> body) {
      this.out = out;
      this.digests =
          Stream.concat(entity.values().stream(), body.values().stream())
              .toArray(MessageDigest[]::new);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      Optional<CompletableFuture<Void>> digested =
          length < SHARED_BYTES || digests.length == 0
              ? Optional.empty()
              : Cores.SHARED.run(() -> digest(octets, offset, length));
      if (digested.isEmpty()) {
        digest(octets, offset, length);
        out.write(octets, offset, length);
        return;
      }
      try {
        out.write(octets, offset, length);
      } finally {
        digested.get().join(); // the octets are the caller's again, whatever happened
      }
    }

    private void digest(byte[] octets, int offset, int length) {
      for (int done = 0; done < length; done += PIECE_BYTES) {
        int piece = Math.min(PIECE_BYTES, length - done);
        for (MessageDigest digest : digests) {
          digest.update(octets, offset + done, piece);
        }
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
