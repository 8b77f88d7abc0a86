package dev.as2.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Leaves an entity as it is, and digests what is written: the whole entity, and its body alone.
 *
 * <p>The digests are those of the last complete write; there are none before one. Used by one
 * thread at a time, as any entity; the digests may be read from another thread after the write.
 */
public final class DigestTap implements Entity {
  private final Entity inner;
  private final Set<DigestAlgorithm> algorithms;
  private volatile Optional<Digests> digests = Optional.empty();

  /**
   * @param algorithms which digests to take of the entity and of its body
   */
  public DigestTap(Entity inner, Set<DigestAlgorithm> algorithms) {
    this.inner = inner;
    this.algorithms = Set.copyOf(algorithms);
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
    Map<DigestAlgorithm, MessageDigest> entity = started();
    Map<DigestAlgorithm, MessageDigest> body = started();
    byte[] headerBlock = headers().toBytes();
    entity.values().forEach(d -> d.update(headerBlock));
    inner.writeBodyTo(new Digesting(out, entity, body));
    digests = Optional.of(new Digests(finished(entity), finished(body)));
  }

  private Map<DigestAlgorithm, MessageDigest> started() {
    Map<DigestAlgorithm, MessageDigest> all = new EnumMap<>(DigestAlgorithm.class);
    algorithms.forEach(a -> all.put(a, a.newDigest()));
    return all;
  }

  private static Map<DigestAlgorithm, byte[]> finished(Map<DigestAlgorithm, MessageDigest> all) {
    Map<DigestAlgorithm, byte[]> values = new EnumMap<>(DigestAlgorithm.class);
    all.forEach((algorithm, digest) -> values.put(algorithm, digest.digest()));
    return values;
  }

  /** Digests on the way through. */
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
      for (MessageDigest digest : digests) {
        digest.update(octets, offset, length);
      }
      out.write(octets, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
