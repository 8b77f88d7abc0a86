package dev.as2.core;

import static dev.as2.core.ConnectorOption.*;

import dev.as2.core.TransportOptions.Proxy;
import dev.as2.core.TransportOptions.Timeouts;
import dev.as2.core.TransportOptions.Trust;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import dev.as2.mime.KeyTransport;
import dev.as2.mime.Signer.RsaPadding;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A connector's options besides AWS's members, read from its tags and checked.
 *
 * @param packing how messages are made
 * @param crypto how they are encrypted and signed
 * @param http how they are sent
 * @param tls how the partner is recognised
 * @param mdn what is taken for proof
 * @param results where results are written
 * @param retry when to send again
 * @param pace how much at once
 */
public record ConnectorOptions(
    Packing packing,
    Crypto crypto,
    Http http,
    Tls tls,
    Mdn mdn,
    ResultLayout results,
    RetryPlan retry,
    Pace pace) {

  /**
   * @throws IllegalArgumentException where options contradict each other
   */
  public ConnectorOptions {
    if (http.restart() && packing.framing() == Framing.CHUNKED) {
      throw new IllegalArgumentException(
          "tag %s is ON and tag %s is CHUNKED: only a message whose length is told can go on; use AUTO or CONTENT_LENGTH"
              .formatted(RESTART.tag(), FRAMING.tag()));
    }
  }

  /** How the length of a body is told. */
  Framing framing() {
    return http.restart() ? Framing.CONTENT_LENGTH : packing.framing();
  }

  /** Everything at its default. */
  public static final ConnectorOptions DEFAULT = fromTags(Map.of());

  /**
   * Reads the tags that begin with {@code as2:}; others are not ours.
   *
   * @throws IllegalArgumentException naming the tag that is unknown or holds no proper value
   */
  public static ConnectorOptions fromTags(Map<String, String> tags) {
    OptionTags tag = new OptionTags(tags);
    return new ConnectorOptions(
        new Packing(
            tag.text(AS2_VERSION, "1\\.[0-3]"),
            tag.text(EDIINT_FEATURES, "([A-Za-z0-9-]+(\\s*,\\s*[A-Za-z0-9-]+)*)?"),
            tag.choice(LAYER_ORDER, LayerOrder.class),
            tag.choice(FRAMING, Framing.class),
            tag.choice(TRANSFER_ENCODING, TransferEncoding.class),
            tag.number(COMPRESSION_LEVEL, 1, 9),
            tag.choice(MICALG_SPELLING, MicalgSpelling.class),
            tag.isOn(ALGORITHM_PROTECTION),
            tag.choice(SIGNER_CERTIFICATE, SignerCertificate.class),
            tag.size(MAX_FILE_SIZE)),
        new Crypto(
            tag.oneOf(ENCRYPTION_ALGORITHM, Crypto.CIPHERS),
            tag.choice(KEY_TRANSPORT, KeyTransport.class),
            tag.oneOf(SIGNING_DIGEST, Crypto.DIGESTS),
            tag.choice(SIGNATURE_SCHEME, RsaPadding.class)),
        new Http(
            tag.headers(),
            tag.isOn(EXPECT_CONTINUE),
            new Timeouts(
                tag.duration(CONNECT_TIMEOUT),
                tag.duration(HANDSHAKE_TIMEOUT),
                tag.duration(CONTINUE_TIMEOUT),
                tag.duration(WRITE_TIMEOUT),
                tag.duration(ANSWER_TIMEOUT),
                tag.duration(ANSWER_WHOLE_TIMEOUT)),
            tag.proxy(PROXY),
            tag.isOn(RESTART)),
        new Tls(
            tag.choice(TRUST, Trust.class), tag.isOn(HOSTNAME_CHECK), tag.isOn(CLIENT_CERTIFICATE)),
        new Mdn(
            tag.choices(ACCEPTED_MICS, MicScope.class),
            tag.choice(UNSIGNED_MDN, UnsignedMdn.class),
            tag.duration(ASYNC_MDN_TIMEOUT)),
        tag.choice(RESULT_LAYOUT, ResultLayout.class),
        new RetryPlan(
            tag.number(RETRY_ATTEMPTS, 1, 100),
            tag.duration(RETRY_DELAY),
            tag.duration(RETRY_MAX_DELAY),
            tag.number(RETRY_JITTER, 0, 90) / 100.0,
            tag.duration(RETRY_DEADLINE),
            tag.choices(RETRY_ALSO, FailureCode.class)),
        new Pace(
            tag.number(MAX_CONCURRENT, 1, Limits.MESSAGES_OF_A_CONNECTOR),
            tag.number(MAX_PER_SECOND, 1, Limits.MESSAGES_OF_A_CONNECTOR)));
  }

  /**
   * How messages are made.
   *
   * @param as2Version the AS2-Version header
   * @param features the EDIINT-Features header; empty where there is none
   * @param compressionLevel zlib's, from 1 (fast) to 9 (small)
   * @param maxFileBytes the largest file that is sent
   */
  public record Packing(
      String as2Version,
      String features,
      LayerOrder layerOrder,
      Framing framing,
      TransferEncoding transferEncoding,
      int compressionLevel,
      MicalgSpelling micalgSpelling,
      boolean algorithmProtection,
      SignerCertificate signerCertificate,
      long maxFileBytes) {}

  /**
   * How messages are encrypted and signed, beyond what AWS has members for.
   *
   * @param cipher in place of AWS's EncryptionAlgorithm
   * @param keyTransport how the content key is wrapped
   * @param digest in place of AWS's SigningAlgorithm
   * @param signaturePadding how an RSA key signs
   */
  public record Crypto(
      Optional<ContentCipher> cipher,
      KeyTransport keyTransport,
      Optional<DigestAlgorithm> digest,
      RsaPadding signaturePadding) {
    static final Set<ContentCipher> CIPHERS =
        Arrays.stream(ContentCipher.values())
            .filter(ContentCipher::isAuthenticated)
            .collect(Collectors.toUnmodifiableSet());
    static final Set<DigestAlgorithm> DIGESTS =
        Arrays.stream(DigestAlgorithm.values())
            .filter(DigestAlgorithm::isSha3)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * How messages are sent.
   *
   * @param restart whether a message that broke off goes on where it ended
   */
  public record Http(
      Headers extraHeaders,
      boolean expectContinue,
      Timeouts timeouts,
      Optional<Proxy> proxy,
      boolean restart) {}

  /** How the partner is recognised. */
  public record Tls(Trust trust, boolean checkHostname, boolean presentClientCertificate) {}

  /**
   * What is taken for proof.
   *
   * @param asyncTimeout how long an asynchronous MDN is waited for
   */
  public record Mdn(Set<MicScope> acceptedMics, UnsignedMdn unsigned, Duration asyncTimeout) {}

  /**
   * How much at once: for whoever has a queue. The engine sends what it is given.
   *
   * @param maxConcurrent how many messages may be under way at once
   * @param maxPerSecond how many messages may be begun in a second
   */
  public record Pace(int maxConcurrent, int maxPerSecond) {
    /** AWS's bounds. */
    public static final Pace DEFAULT = new Pace(400, 100);
  }

  /** Which comes first where a message is compressed and signed (RFC 5402 §3). */
  public enum LayerOrder {
    COMPRESS_FIRST,
    SIGN_FIRST
  }

  /** How the length of a body is told (RFC 9112 §6). */
  public enum Framing {
    AUTO,
    CONTENT_LENGTH,
    CHUNKED
  }

  /** Content-Transfer-Encoding of the payload part. */
  public enum TransferEncoding {
    BINARY,
    BASE64
  }

  /** Which RFC's names of digests are sent. */
  public enum MicalgSpelling {
    RFC5751,
    RFC3851;

    /** The name to send. */
    public String name(DigestAlgorithm algorithm) {
      return this == RFC5751 ? algorithm.rfc5751Name() : algorithm.rfc3851Name();
    }
  }

  /** Whether a signature carries the signer's certificate. */
  public enum SignerCertificate {
    INCLUDED,
    OMITTED
  }

  /** What a positive, unsigned MDN is worth where a signed one was asked for. */
  public enum UnsignedMdn {
    REFUSE,
    ACCEPT
  }

  /** Where results are written. */
  public enum ResultLayout {
    /** In the file's own folder. */
    BESIDE,
    /** In {@code processed/} and {@code failed/} below it, as AWS does. */
    FOLDERS
  }
}
