package dev.as2.daemon.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Connectors, profiles, certificates and agreements as AWS describes them, with their tags.
 *
 * <p>Knows how to keep them and nothing of what their members mean. Safe for use by several
 * threads; a call that writes returns when it is durable.
 */
public interface Resources {
  /** What there is, with the beginning of its ids as AWS gives them. */
  enum Kind {
    CONNECTOR("c-"),
    PROFILE("p-"),
    CERTIFICATE("cert-"),
    AGREEMENT("a-");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    /** The beginning of its ids. */
    public String prefix() {
      return prefix;
    }
  }

  /**
   * A resource.
   *
   * @param kind what it is
   * @param id its id, as AWS gives them
   * @param members what AWS's Describe operation shows of it, without {@code Arn}, {@code Tags} and
   *     what follows from the time (such as {@code Status}); times are epoch seconds
   * @param tags its tags; of a connector, or of an agreement, those that begin with {@code as2:}
   *     are its options
   */
  record Resource(Kind kind, String id, ObjectNode members, Map<String, String> tags) {
    public Resource {
      tags = Map.copyOf(tags);
    }
  }

  /** Makes of a resource what it is to become; throws what the caller of an update is to see. */
  @FunctionalInterface
  interface Change<X extends Exception> {
    Resource apply(Resource before) throws X;
  }

  /**
   * Adds a resource.
   *
   * @param privateKey the PKCS #8 octets of a certificate's key, kept encrypted; never shown again
   * @throws IllegalStateException where there is one of that id
   */
  void create(Resource resource, Optional<byte[]> privateKey) throws IOException;

  /** The resource as it is now. */
  Optional<Resource> find(Kind kind, String id) throws IOException;

  /**
   * Changes members and tags at once, so that no other change is lost.
   *
   * @return what it is now; empty where there is no such resource
   */
  <X extends Exception> Optional<Resource> update(Kind kind, String id, Change<X> change)
      throws IOException, X;

  /**
   * Removes a resource and its key.
   *
   * @return whether there was one
   */
  boolean delete(Kind kind, String id) throws IOException;

  /**
   * Those of a kind, in the order of their creation.
   *
   * @param after the id after which to go on; empty to begin
   * @param limit how many at most
   */
  List<Resource> list(Kind kind, Optional<String> after, int limit) throws IOException;

  /** How many there are of a kind. */
  int count(Kind kind) throws IOException;

  /** Which certificates have a private key, of those asked for. */
  Set<String> withPrivateKey(Set<String> certificateIds) throws IOException;

  /** The PKCS #8 octets of a certificate's private key: for the engine, never for an API. */
  Optional<byte[]> privateKey(String certificateId) throws IOException;
}
