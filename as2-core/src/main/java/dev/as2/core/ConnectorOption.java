package dev.as2.core;

/**
 * The options that a connector has besides AWS's members. Each is a tag of the connector, so that
 * AWS's own tools can set it; {@code docs/options.md} is this enum as a table.
 */
public enum ConnectorOption {
  LAYER_ORDER(
      "as2:layer-order",
      "COMPRESS_FIRST",
      "COMPRESS_FIRST or SIGN_FIRST",
      "Whether a message is compressed and then signed, or signed and then compressed (RFC 5402 §3)."
          + " Compress-first is what AWS does, and it signs fewer octets."),
  AS2_VERSION(
      "as2:as2-version",
      "1.1",
      "1.0, 1.1, 1.2 or 1.3",
      "The AS2-Version header. 1.1 says that messages may be compressed (RFC 5402 §6); some old products"
          + " know 1.0 only."),
  EDIINT_FEATURES(
      "as2:ediint-features",
      "",
      "names of features, separated by commas, such as multiple-attachments",
      "The EDIINT-Features header of messages and MDNs (RFC 6017), which goes with AS2-Version 1.2. None:"
          + " partners insist on what is announced."),
  FRAMING(
      "as2:framing",
      "AUTO",
      "AUTO, CONTENT_LENGTH or CHUNKED",
      "How the length of the body is told. AUTO sends Content-Length where the length is known"
          + " beforehand or the message is small, and chunks otherwise. CONTENT_LENGTH is for"
          + " partners that refuse chunks: a compressed message is then made twice, once to count"
          + " its octets."),
  TRANSFER_ENCODING(
      "as2:transfer-encoding",
      "BINARY",
      "BINARY or BASE64",
      "Content-Transfer-Encoding of the payload part. HTTP is 8-bit clean, so binary; base64 is for"
          + " partners that damage binary parts. A message without any layer stays binary, as RFC 4130"
          + " §5.2.1 wants it."),
  COMPRESSION_LEVEL(
      "as2:compression-level",
      "4",
      "1 to 9",
      "How hard to compress: 1 is fast, 9 is small. EDI becomes 9 % smaller with 4 than with 1, for twice"
          + " the work, and 4 % smaller yet with 6, for twice that; more than 6 gains 1 %. 1 pays on lines"
          + " of a Gbit/s, 6 on slow ones."),
  MICALG_SPELLING(
      "as2:micalg-spelling",
      "RFC5751",
      "RFC5751 or RFC3851",
      "sha-256 or sha256, in micalg and in the request for the MDN. RFC 5751 is current; old products"
          + " know the older spelling only."),
  ALGORITHM_PROTECTION(
      "as2:cms-algorithm-protection",
      "OFF",
      "ON or OFF",
      "Whether signatures carry the CMSAlgorithmProtection attribute (RFC 6211). Off, because some IBM"
          + " Sterling products refuse it."),
  SIGNER_CERTIFICATE(
      "as2:signer-certificate",
      "INCLUDED",
      "INCLUDED or OMITTED",
      "Whether signatures carry our certificate. Some products want it, few mind it."),
  ENCRYPTION_ALGORITHM(
      "as2:encryption-algorithm",
      "",
      "AES128_GCM, AES192_GCM, AES256_GCM, or empty",
      "A cipher in place of EncryptionAlgorithm, for those that AWS has no name for. AES-GCM goes out as"
          + " authEnveloped-data (RFC 5083, RFC 8551 §3.4): what was changed on its way cannot be"
          + " decrypted. Few AS2 products know it, so ask the partner first. EncryptionAlgorithm has to"
          + " name some cipher."),
  KEY_TRANSPORT(
      "as2:key-transport",
      "PKCS1",
      "PKCS1 or OAEP",
      "How RSA wraps the content key. Every product knows PKCS #1 v1.5; OAEP with SHA-256 (RFC 8017 §7.1,"
          + " RFC 3560) is the safer one, for partners that know it."),
  SIGNING_DIGEST(
      "as2:signing-digest",
      "",
      "SHA3_256, SHA3_384, SHA3_512, or empty",
      "A digest in place of SigningAlgorithm, for those that AWS has no name for; the MDN's where"
          + " MdnSigningAlgorithm is DEFAULT, too. SigningAlgorithm has to name some digest."),
  SIGNATURE_SCHEME(
      "as2:signature-scheme",
      "PKCS1",
      "PKCS1 or PSS",
      "How an RSA key signs. Every product knows PKCS #1 v1.5; RSASSA-PSS (RFC 4056) is for partners"
          + " that want it. An EC key signs with ECDSA, whatever stands here."),
  MAX_FILE_SIZE(
      "as2:max-file-size",
      "",
      "a size such as 800KB, 50MB or 2GB (powers of 1000), or empty",
      "The largest file that is sent, for partners with a limit of their own. None: any size is"
          + " sent."),
  EXPECT_CONTINUE(
      "as2:expect-continue",
      "OFF",
      "ON or OFF",
      "Whether to send Expect: 100-continue and wait for leave before the body. Off, because many AS2"
          + " servers never answer it; on, it saves large uploads that end in 401 or 413."),
  TRUST(
      "as2:trust",
      "DEFAULT",
      "DEFAULT, PRIVATE_CA or PINNED",
      "Whose TLS certificates are believed: public authorities and the partner profile's TLS"
          + " certificates; only authorities among the partner profile's TLS certificates; or exactly"
          + " those certificates."),
  CLIENT_CERTIFICATE(
      "as2:client-certificate",
      "OFF",
      "ON or OFF",
      "Whether to present the local profile's TLS certificate (mutual TLS)."),
  HOSTNAME_CHECK(
      "as2:hostname-check",
      "ON",
      "ON or OFF",
      "Whether the server's certificate must name the Url's host. RFC 4130 §9.2 does not demand it;"
          + " safety does."),
  PROXY(
      "as2:proxy",
      "",
      "http://host:port, or empty",
      "An HTTP proxy between us and the partner; none by default."),
  CONNECT_TIMEOUT(
      "as2:connect-timeout",
      "30s",
      "a time such as 500ms, 30s, 5m, 2h, up to 168h",
      "Until TCP is connected."),
  HANDSHAKE_TIMEOUT("as2:handshake-timeout", "30s", "a time", "Until TLS is established."),
  CONTINUE_TIMEOUT(
      "as2:continue-timeout",
      "3s",
      "a time",
      "How long to wait for 100 Continue before the body is sent anyway."),
  WRITE_TIMEOUT(
      "as2:write-timeout",
      "60s",
      "a time",
      "How long the partner may read nothing at all while the message is sent."),
  ANSWER_TIMEOUT(
      "as2:answer-timeout",
      "300s",
      "a time",
      "From the end of the message to the first octet of the answer: partners process the whole file"
          + " in this time."),
  ANSWER_WHOLE_TIMEOUT(
      "as2:answer-whole-timeout",
      "60s",
      "a time",
      "From the first octet of the answer to its last, however it trickles."),
  ACCEPTED_MICS(
      "as2:accepted-mics",
      "",
      "names of wrong MICs, separated by spaces: PAYLOAD_ENTITY, PAYLOAD_CONTENT, COMPRESSED_ENTITY,"
          + " COMPRESSED_CONTENT, FILE_CONTENT, NOTHING",
      "Which wrongly computed MICs to take from this partner. None: a MIC is proof of delivery."),
  UNSIGNED_MDN(
      "as2:unsigned-mdn",
      "REFUSE",
      "REFUSE or ACCEPT",
      "What a positive, unsigned MDN is worth where a signed one was asked for. Refused, because"
          + " anybody could have written it."),
  ASYNC_MDN_TIMEOUT(
      "as2:async-mdn-timeout",
      "24h",
      "a time",
      "How long an asynchronous MDN is waited for, counted from the end of the attempt that sent the"
          + " message. Then the transfer has failed with MDN_TIMED_OUT."),
  RESULT_LAYOUT(
      "as2:result-layout",
      "BESIDE",
      "BESIDE or FOLDERS",
      "Whether results stand beside the file, or in processed/ and failed/ below its folder as AWS"
          + " has them."),
  RETRY_ATTEMPTS(
      "as2:retry-attempts",
      "4",
      "1 to 100",
      "How often a message is sent in all, the same octets each time. 1 switches retries off."),
  RETRY_DELAY(
      "as2:retry-delay",
      "5s",
      "a time",
      "The pause before the second attempt; it doubles with every further one."),
  RETRY_MAX_DELAY("as2:retry-max-delay", "5m", "a time", "The longest pause."),
  RETRY_JITTER(
      "as2:retry-jitter",
      "20",
      "0 to 90",
      "By how many percent a pause may be longer or shorter, so that many senders do not come back at"
          + " once."),
  RETRY_DEADLINE(
      "as2:retry-deadline",
      "30m",
      "a time",
      "When attempts end, counted from the acceptance of the file. A partner's Retry-After is waited for; where it goes"
          + " beyond, there is no further attempt."),
  RETRY_ALSO(
      "as2:retry-also",
      "",
      "failure codes, separated by spaces: MDN_MISSING,"
          + " MDN_RESPONSE_INDICATES_UNEXPECTED_PROCESSING_ERROR",
      "Failures to repeat besides those that are always worth it. None: the partner probably has the"
          + " file."),
  RESTART(
      "as2:restart",
      "OFF",
      "ON or OFF",
      "AS2 Restart (draft-harding-as2-restart), for partners that know it: after a broken connection the"
          + " next attempt asks by HEAD how much has come, and sends the rest only. The whole length has to"
          + " be told, so a compressed message is made twice, as with as2:framing CONTENT_LENGTH. Off, as"
          + " other partners take the HEAD for a message."),
  MAX_CONCURRENT(
      "as2:max-concurrent",
      "400",
      "1 to 10000",
      "How many messages of this connector the daemon sends at once; one that waits for its"
          + " asynchronous MDN is sent, and does not count. 400 is AWS's bound."),
  MAX_PER_SECOND(
      "as2:max-per-second",
      "100",
      "1 to 10000",
      "How many messages of this connector the daemon begins in a second. 100 is AWS's bound.");

  /** What the tags of our options begin with. */
  static final String TAG_PREFIX = "as2:";

  /** Each tag that begins so is one HTTP header: its name follows, the tag's value is its value. */
  static final String HEADER_TAG_PREFIX = "as2:header:";

  private final String tag;
  private final String defaultValue;
  private final String form;
  private final String reason;

  ConnectorOption(String tag, String defaultValue, String form, String reason) {
    this.tag = tag;
    this.defaultValue = defaultValue;
    this.form = form;
    this.reason = reason;
  }

  /** The tag's key, for example {@code as2:framing}. */
  public String tag() {
    return tag;
  }

  /** The value where the tag is absent. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Which values there are. */
  public String form() {
    return form;
  }

  /** What the option does, and why its default is what it is. */
  public String reason() {
    return reason;
  }
}
