package dev.as2.core;

/**
 * Why a transfer failed: the {@code failure-code} of the outcome record.
 *
 * <p>Spelled as AWS Transfer Family spells it where AWS has a code for the case (user guide,
 * "Monitoring AS2 usage"), and by us otherwise. {@code docs/failure-codes.md} is this enum as a
 * table.
 */
public enum FailureCode {
  // Where the file is
  SEND_FILE_NOT_FOUND(
      Origin.AWS,
      Retry.NEVER,
      "The file to send does not exist.",
      "Check the path: /bucket/key, case-sensitive."),
  PATH_NOT_FOUND(
      Origin.AWS,
      Retry.NEVER,
      "The bucket or folder does not exist.",
      "Create it, or correct the first part of the path."),
  ACCESS_DENIED(
      Origin.AWS,
      Retry.NEVER,
      "The store refused access, or the path is not one that may be used.",
      "Check the permissions of the access role, and that the path has no .. in it."),
  STORE_UNAVAILABLE(
      Origin.OURS,
      Retry.BEFORE_ANSWER,
      "The store failed while the file was read or a result was written.",
      "Look at the store's own state; the transfer can be repeated."),
  SOURCE_CHANGED(
      Origin.OURS,
      Retry.NEVER,
      "The file changed while it was being sent; the partner got no complete message.",
      "Write files under another name first and rename them when they are complete, then send again."),
  FILE_SIZE_TOO_LARGE(
      Origin.AWS,
      Retry.NEVER,
      "The file is larger than the connector allows.",
      "Raise the limit, or split the file."),

  // What the configuration lacks
  CONNECTOR_NOT_FOUND(
      Origin.AWS,
      Retry.NEVER,
      "The connector, or a profile or certificate that it names, does not exist.",
      "Create what is missing, or correct the id."),
  INVALID_CONFIGURATION(
      Origin.OURS,
      Retry.NEVER,
      "The connector, a profile or a certificate contradicts itself or holds an unusable value.",
      "The message names the member and what it should hold."),
  INVALID_URL_FORMAT(
      Origin.AWS,
      Retry.NEVER,
      "The connector's Url is no URL.",
      "Write http(s)://host[:port]/path."),
  INVALID_ENDPOINT_PROTOCOL(
      Origin.AWS,
      Retry.NEVER,
      "The connector's Url is neither http nor https.",
      "AS2 is HTTP: use an http or https URL."),
  CREDENTIALS_RETRIEVAL_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "The secret with the user name and password could not be read.",
      "Check BasicAuthSecretId and who may read the secret."),
  SIGNING_FAILED_NO_SIGNING_KEY_FOUND(
      Origin.AWS,
      Retry.NEVER,
      "The local profile has no active SIGNING certificate with a private key.",
      "Import one, or look at the active and inactive dates of those that are there."),
  SIGNING_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "The message could not be signed.",
      "The private key must be RSA or EC and fit its certificate."),
  ENCRYPT_FAILED_NO_ENCRYPTION_KEY_FOUND(
      Origin.AWS,
      Retry.NEVER,
      "The partner profile has no active ENCRYPTION certificate.",
      "Import the partner's current certificate, or look at the dates of those that are there."),
  ENCRYPTION_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "The message could not be encrypted.",
      "The partner's certificate must hold an RSA key."),
  INVALID_REQUEST(
      Origin.AWS,
      Retry.NEVER,
      "A header, file name or secret holds what HTTP or AS2 cannot carry.",
      "The message names it; control characters are never sent."),

  // The way to the partner
  UNABLE_TO_RESOLVE_HOSTNAME(
      Origin.AWS,
      Retry.BEFORE_ANSWER,
      "The partner's host name has no address.",
      "Check the Url's host and this machine's DNS."),
  UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP(
      Origin.AWS,
      Retry.BEFORE_ANSWER,
      "No connection to the partner (or the proxy) came about.",
      "Check port and firewall; partners often admit known addresses only."),
  TLS_HANDSHAKE_FAILED(
      Origin.OURS,
      Retry.NEVER,
      "One side refused the other in the TLS handshake.",
      "The message says which side refused what. A self-signed certificate or a private CA is imported with"
          + " usage TLS into the partner profile; as2:trust says how it counts."),
  TLS_HANDSHAKE_BROKEN_OFF(
      Origin.OURS,
      Retry.BEFORE_ANSWER,
      "The TLS handshake took too long, or the connection broke in it without a word.",
      "Often the partner is overloaded or restarting; if it recurs, its firewall may not know us."),
  PROXY_REFUSED(
      Origin.OURS,
      Retry.BEFORE_ANSWER,
      "The HTTP proxy did not open the way to the partner.",
      "Check the proxy's address, and that it allows CONNECT to the partner's port."),
  WRITE_TIMED_OUT(
      Origin.OURS,
      Retry.AMBIGUOUS,
      "The partner read nothing of the message, or next to nothing, for as long as the write timeout.",
      "The same message can be sent again; if it recurs, the partner has trouble with the size."),
  CONNECTION_CLOSED(
      Origin.OURS,
      Retry.AMBIGUOUS,
      "The partner closed or reset the connection before it had answered.",
      "Some partners do this for an unknown AS2 name or unexpected headers; ask for their log."),
  MDN_TIMED_OUT(
      Origin.OURS,
      Retry.AMBIGUOUS,
      "The message was sent whole, and no complete answer came in time.",
      "The partner may well have the file: ask before it is sent again as a new message."),

  // The partner's answer
  HTTP_ERROR_RESPONSE_FROM_PARTNER(
      Origin.AWS,
      Retry.BY_STATUS,
      "The partner answered with an HTTP status that is no success, and without an MDN.",
      "The message has the status; 401 and 403 are about credentials, 404 about the Url's path,"
          + " 411 asks for framing CONTENT_LENGTH, 413 is about size; 5xx is the partner's own trouble,"
          + " which its log tells by the Message-ID."),
  HTTP_REDIRECTED(
      Origin.OURS,
      Retry.NEVER,
      "The partner answered with a redirect; business data is not sent to another place unasked.",
      "If the new place is right, write it into the connector's Url."),
  HTTP_ANSWER_INVALID(
      Origin.OURS,
      Retry.NEVER,
      "What came back is not HTTP.",
      "Check the Url's port and whether it should be https."),
  HTTP_ANSWER_TOO_LARGE(
      Origin.OURS,
      Retry.NEVER,
      "The answer is larger than any MDN; reading stopped at the limit.",
      "The Url may point at something other than an AS2 endpoint."),

  // The MDN
  MDN_MISSING(
      Origin.OURS,
      Retry.WHEN_ASKED,
      "The partner answered with success and sent no MDN.",
      "The partner probably has the file. Check that the Url is the AS2 endpoint, and the partner's"
          + " setting for synchronous MDNs."),
  MDN_INVALID(
      Origin.OURS,
      Retry.NEVER,
      "The answer looks like an MDN and cannot be read as one.",
      "The raw answer is kept in the .mdn file for the partner's support."),
  MDN_NOT_SIGNED(
      Origin.OURS,
      Retry.NEVER,
      "A signed MDN was asked for and an unsigned one came.",
      "Let the partner switch signed MDNs on, or set as2:unsigned-mdn to ACCEPT."),
  MDN_FOR_OTHER_MESSAGE(
      Origin.OURS,
      Retry.NEVER,
      "The MDN's Original-Message-ID is not the one that was sent.",
      "A proxy or the partner mixed answers up; ask for the MDN of this Message-ID."),
  MDN_WITHOUT_MIC(
      Origin.OURS,
      Retry.NEVER,
      "The signed, positive MDN has no Received-Content-MIC, so it proves nothing about the content.",
      "RFC 4130 §7.3.1 demands it; the partner has to mend its MDN."),
  VERIFICATION_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "A signature does not hold, or the MDN's MIC is not the MIC of what was sent.",
      "The message says which of the two, and which bytes the partner hashed where that is known."),
  VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND(
      Origin.AWS,
      Retry.NEVER,
      "No SIGNING certificate of the partner profile belongs to the signature.",
      "Import the certificate that the partner signs with; the message names its issuer and serial."),
  MDN_RESPONSE_INDICATES_AUTHENTICATION_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "The partner could not verify our signature.",
      "Give the partner the current SIGNING certificate of the local profile."),
  MDN_RESPONSE_INDICATES_DECOMPRESSION_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "The partner could not decompress the message.",
      "Set Compression to DISABLED, or try the other layer order."),
  MDN_RESPONSE_INDICATES_DECRYPTION_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "The partner could not decrypt the message.",
      "The partner's certificate here may be old: ask for the current one; check the cipher too."),
  MDN_RESPONSE_INDICATES_INSUFFICIENT_MESSAGE_SECURITY(
      Origin.AWS,
      Retry.NEVER,
      "The partner demands that messages be signed or encrypted.",
      "Set SigningAlgorithm and EncryptionAlgorithm as agreed."),
  MDN_RESPONSE_INDICATES_INTEGRITY_CHECK_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "The partner got other bytes than were signed, by its own account.",
      "Try content transfer encoding base64, and look for a proxy that changes line ends."),
  MDN_RESPONSE_INDICATES_UNEXPECTED_PROCESSING_ERROR(
      Origin.OURS,
      Retry.WHEN_ASKED,
      "The partner's processing failed for a reason that it does not name.",
      "Ask the partner for the log of this Message-ID; a second try sometimes helps."),
  MDN_RESPONSE_INDICATES_UNSUPPORTED_FORMAT(
      Origin.OURS,
      Retry.NEVER,
      "The partner does not take this content type or these layers.",
      "Agree on content type, compression and encryption."),
  MDN_RESPONSE_INDICATES_UNSUPPORTED_MIC_ALGORITHMS(
      Origin.OURS,
      Retry.NEVER,
      "The partner knows none of the MIC algorithms that were offered.",
      "Set MdnSigningAlgorithm to SHA256 or SHA1, or as2:micalg-spelling to RFC3851."),
  MDN_RESPONSE_INDICATES_UNKNOWN_TRADING_RELATIONSHIP(
      Origin.OURS,
      Retry.NEVER,
      "The partner does not know this pair of AS2-From and AS2-To.",
      "Compare both AS2 names, letter by letter, with the partner's."),
  MDN_RESPONSE_INDICATES_FAILURE(
      Origin.OURS,
      Retry.NEVER,
      "The partner refused the message for a reason outside the standard's list.",
      "The message has the partner's words."),

  // What is received
  AGREEMENT_NOT_FOUND(
      Origin.AWS,
      Retry.NEVER,
      "There is no active agreement of these two AS2 names.",
      "Compare AS2-From and AS2-To, letter by letter, with the profiles of the agreement."),
  DECRYPT_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "A received message could not be decrypted.",
      "The partner may use an old certificate of ours; the message names the one it used."),
  DECRYPT_FAILED_NO_DECRYPTION_KEY_FOUND(
      Origin.AWS,
      Retry.NEVER,
      "The local profile has no active ENCRYPTION certificate with a private key.",
      "Import one, or look at the active and inactive dates of those that are there."),
  DECOMPRESSION_FAILED(
      Origin.AWS,
      Retry.NEVER,
      "A received message could not be decompressed, or grew out of all proportion.",
      "Ask the partner to send it again, or without compression."),
  DUPLICATE_MESSAGE(
      Origin.AWS,
      Retry.NEVER,
      "A received message has the same layer twice.",
      "The partner's software packs it twice: ask for its settings."),
  INSUFFICIENT_MESSAGE_SECURITY_UNSIGNED(
      Origin.OURS,
      Retry.NEVER,
      "A received message is not signed, and the agreement enforces signatures.",
      "Let the partner sign, or set EnforceMessageSigning to DISABLED."),
  INSUFFICENT_MESSAGE_SECURITY_UNENCRYPTED(
      Origin.AWS,
      Retry.NEVER,
      "A received message is not encrypted, and the agreement enforces encryption.",
      "Let the partner encrypt, or set as2:enforce-encryption to OFF."),
  UNSUPPORTED_RECEIPT(
      Origin.OURS,
      Retry.NEVER,
      "A received message asks for a receipt that cannot be made or may not be sent.",
      "The message says which part of the request it is."),

  // Ours
  CANCELLED(
      Origin.OURS,
      Retry.NEVER,
      "The transfer was cancelled before it had ended.",
      "Send the file again if it is still wanted."),
  JOURNAL_DAMAGED(
      Origin.OURS,
      Retry.NEVER,
      "What was kept of a message under way cannot be read, so it cannot be sent again as it was.",
      "Ask the partner whether it has this Message-ID; where it has not, send the file again."),
  INTERNAL_ERROR(
      Origin.OURS,
      Retry.NEVER,
      "The engine itself failed.",
      "Please report this with the log of this transfer.");

  /** Who coined a code. */
  public enum Origin {
    AWS,
    OURS
  }

  /** Whether the same octets under the same Message-ID may help another time. */
  public enum Retry {
    /** Trying again cannot help. */
    NEVER,
    /** Nothing was accepted yet: trying again is safe and may help. */
    BEFORE_ANSWER,
    /** The partner may have the message: only an identical repetition is safe (RFC 4130 §5.5). */
    AMBIGUOUS,
    /** 408, 425, 429 and 5xx may help, other statuses not. */
    BY_STATUS,
    /** The partner probably has the message: only where the retry policy asks for it. */
    WHEN_ASKED
  }

  private final Origin origin;
  private final Retry retry;
  private final String meaning;
  private final String hint;

  FailureCode(Origin origin, Retry retry, String meaning, String hint) {
    this.origin = origin;
    this.retry = retry;
    this.meaning = meaning;
    this.hint = hint;
  }

  /** Whose spelling this is. */
  public Origin origin() {
    return origin;
  }

  /** Whether another try may help. */
  public Retry retry() {
    return retry;
  }

  /** What happened, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /** What a person can do about it. */
  public String hint() {
    return hint;
  }
}
