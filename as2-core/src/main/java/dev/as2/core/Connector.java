package dev.as2.core;

import dev.as2.core.As2Config.MdnResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A way to one partner: where, and how messages are made (AWS CreateConnector).
 *
 * @param id its id
 * @param url the partner's AS2 endpoint, http or https
 * @param as2 AWS's members
 * @param accessRole the role under which stores are read and written, where stores know roles
 * @param loggingRole the role under which AWS would log; kept, not used
 * @param tags all tags; those that begin with {@code as2:} are our options
 */
public record Connector(
    ConnectorId id,
    URI url,
    As2Config as2,
    Optional<String> accessRole,
    Optional<String> loggingRole,
    Map<String, String> tags) {
  /** AWS's limit of the Url, in characters. */
  static final int MAX_URL_LENGTH = 255;

  /**
   * @throws IllegalArgumentException where an option is wrong or members contradict each other: an
   *     Url that is not http(s), an algorithm for what is switched off, no encryption without
   *     https, Basic authentication without https, asynchronous MDNs that have no place to go to
   */
  public Connector {
    tags = Map.copyOf(tags);
    checkCrypto(as2, ConnectorOptions.fromTags(tags).crypto());
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("Url is neither http nor https: " + url);
    }
    if (url.getHost() == null || url.toString().length() > MAX_URL_LENGTH) {
      throw new IllegalArgumentException(
          "Url has no host or more than " + MAX_URL_LENGTH + " characters: " + url);
    }
    if (url.getUserInfo() != null || url.getFragment() != null) {
      throw new IllegalArgumentException("Url has a user or a fragment, which are never sent");
    }
    if (as2.encryptionAlgorithm().isEmpty() && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "EncryptionAlgorithm NONE needs an https Url, and Url is " + url);
    }
    if (as2.basicAuthSecretId().isPresent() && !scheme.equals("https")) {
      throw new IllegalArgumentException("BasicAuthSecretId needs an https Url, and Url is " + url);
    }
    if (as2.mdnResponse() == MdnResponse.ASYNC && as2.asyncMdn().isEmpty()) {
      throw new IllegalArgumentException(
          "MdnResponse ASYNC needs AsyncMdnConfig.Url, where the partner is to post the MDN");
    }
  }

  private static void checkCrypto(As2Config as2, ConnectorOptions.Crypto crypto) {
    if (crypto.cipher().isPresent() && as2.encryptionAlgorithm().isEmpty()) {
      throw new IllegalArgumentException(
          ConnectorOption.ENCRYPTION_ALGORITHM.tag()
              + " names a cipher, and EncryptionAlgorithm is NONE");
    }
    if (crypto.digest().isPresent() && as2.signingAlgorithm().isEmpty()) {
      throw new IllegalArgumentException(
          ConnectorOption.SIGNING_DIGEST.tag() + " names a digest, and SigningAlgorithm is NONE");
    }
  }

  /** Our options, with defaults for all that no tag sets. */
  public ConnectorOptions options() {
    return tags.isEmpty() ? ConnectorOptions.DEFAULT : ConnectorOptions.fromTags(tags);
  }

  /** This connector with one option set. */
  public Connector with(ConnectorOption option, String value) {
    Map<String, String> more = new HashMap<>(tags);
    more.put(option.tag(), value);
    return new Connector(id, url, as2, accessRole, loggingRole, more);
  }
}
