package dev.as2.core;

import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How messages to one partner are made: AWS's As2ConnectorConfig, member by member.
 *
 * @param localProfileId who sends
 * @param partnerProfileId who receives
 * @param messageSubject the {@code Subject} header; absent, one is made from the file's name
 * @param compression whether to compress
 * @param encryptionAlgorithm the cipher, absent for NONE
 * @param signingAlgorithm the digest of the signature, absent for NONE
 * @param mdnSigningAlgorithm which signature the MDN is to have
 * @param mdnResponse whether and how an MDN is asked for
 * @param preserveContentType whether the content type is the store's, or by the file's extension
 * @param basicAuthSecretId the secret with user name and password, if any
 * @param asyncMdn where an asynchronous MDN is to be posted, if anywhere
 */
public record As2Config(
    ProfileId localProfileId,
    ProfileId partnerProfileId,
    Optional<String> messageSubject,
    Compression compression,
    Optional<ContentCipher> encryptionAlgorithm,
    Optional<DigestAlgorithm> signingAlgorithm,
    MdnSigningAlgorithm mdnSigningAlgorithm,
    MdnResponse mdnResponse,
    PreserveContentType preserveContentType,
    Optional<String> basicAuthSecretId,
    Optional<AsyncMdn> asyncMdn) {
  /** AWS's ciphers: EncryptionAlg without NONE. */
  public static final Set<ContentCipher> CIPHERS =
      Collections.unmodifiableSet(
          EnumSet.range(ContentCipher.AES128_CBC, ContentCipher.DES_EDE3_CBC));

  /** AWS's digests: SigningAlg without NONE. */
  public static final Set<DigestAlgorithm> DIGESTS =
      Collections.unmodifiableSet(EnumSet.range(DigestAlgorithm.SHA1, DigestAlgorithm.SHA512));

  /**
   * @throws IllegalArgumentException where the subject is not 1 to 1024 characters of printable
   *     ASCII and tabs, local and partner profile are the same, or AWS has no such algorithm
   */
  public As2Config {
    messageSubject.ifPresent(As2Config::checkSubject);
    encryptionAlgorithm.ifPresent(
        cipher -> checkOurs("EncryptionAlgorithm", cipher, CIPHERS, "as2:encryption-algorithm"));
    signingAlgorithm.ifPresent(
        digest -> checkOurs("SigningAlgorithm", digest, DIGESTS, "as2:signing-digest"));
    if (localProfileId.equals(partnerProfileId)) {
      throw new IllegalArgumentException(
          "LocalProfileId and PartnerProfileId are the same: " + localProfileId);
    }
  }

  /** Without a place for asynchronous MDNs. */
  public As2Config(
      ProfileId localProfileId,
      ProfileId partnerProfileId,
      Optional<String> messageSubject,
      Compression compression,
      Optional<ContentCipher> encryptionAlgorithm,
      Optional<DigestAlgorithm> signingAlgorithm,
      MdnSigningAlgorithm mdnSigningAlgorithm,
      MdnResponse mdnResponse,
      PreserveContentType preserveContentType,
      Optional<String> basicAuthSecretId) {
    this(
        localProfileId,
        partnerProfileId,
        messageSubject,
        compression,
        encryptionAlgorithm,
        signingAlgorithm,
        mdnSigningAlgorithm,
        mdnResponse,
        preserveContentType,
        basicAuthSecretId,
        Optional.empty());
  }

  /** The same with an MDN that is posted to us later, there. */
  public As2Config asynchronous(AsyncMdn there) {
    return new As2Config(
        localProfileId,
        partnerProfileId,
        messageSubject,
        compression,
        encryptionAlgorithm,
        signingAlgorithm,
        mdnSigningAlgorithm,
        MdnResponse.ASYNC,
        preserveContentType,
        basicAuthSecretId,
        Optional.of(there));
  }

  /**
   * AWS As2AsyncMdnConnectorConfig.
   *
   * @param url where partners post the MDN: our own listener, as they reach it
   * @param serverIds the servers that may take it
   */
  public record AsyncMdn(URI url, List<ServerId> serverIds) {
    /**
     * @throws IllegalArgumentException where the Url is not http(s), or has a user or a fragment
     */
    public AsyncMdn {
      serverIds = List.copyOf(serverIds);
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new IllegalArgumentException("AsyncMdnConfig.Url is neither http nor https: " + url);
      }
      if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
        throw new IllegalArgumentException(
            "AsyncMdnConfig.Url has no host, or a user or a fragment: " + url);
      }
    }
  }

  private static <E> void checkOurs(String member, E value, Set<E> known, String option) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(
          member + " is " + value + ", which only the option " + option + " may be");
    }
  }

  private static void checkSubject(String subject) {
    if (subject.isEmpty() || subject.length() > 1024) {
      throw new IllegalArgumentException(
          "MessageSubject has " + subject.length() + " characters, not 1 to 1024");
    }
    if (!subject.chars().allMatch(c -> (' ' <= c && c <= '~') || c == '\t')) {
      throw new IllegalArgumentException(
          "MessageSubject has a character outside printable ASCII and tab");
    }
  }

  /** AWS CompressionEnum. */
  public enum Compression {
    ZLIB,
    DISABLED
  }

  /** AWS MdnResponse. */
  public enum MdnResponse {
    /** The MDN is the HTTP answer. */
    SYNC,
    /** The MDN comes later, on a connection of its own. */
    ASYNC,
    /** No MDN is asked for. */
    NONE
  }

  /** AWS PreserveContentTypeEnum. */
  public enum PreserveContentType {
    ENABLED,
    DISABLED
  }

  /** AWS MdnSigningAlg. */
  public enum MdnSigningAlgorithm {
    SHA1,
    SHA256,
    SHA384,
    SHA512,
    /** An unsigned MDN. */
    NONE,
    /** As the message's own signature. */
    DEFAULT;

    /** The digest that the MDN's signature is to have; empty where it is to have none. */
    public Optional<DigestAlgorithm> resolve(Optional<DigestAlgorithm> signing) {
      return switch (this) {
        case NONE -> Optional.empty();
        case DEFAULT -> signing;
        default -> Optional.of(DigestAlgorithm.valueOf(name()));
      };
    }
  }
}
