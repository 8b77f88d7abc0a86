package dev.as2.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The certificates of a sealed message, found again by their ids. The partner's encryption
 * certificate is not among them: the content key is wrapped already.
 *
 * @param signing ours, with its key
 * @param verification the partner's, of those that are still there
 * @param trusted the partner's TLS certificates, of those that are still there
 * @param client ours for mutual TLS, with its key
 */
record SealedCertificates(
    Optional<CertificateEntry> signing,
    List<CertificateEntry> verification,
    List<CertificateEntry> trusted,
    Optional<CertificateEntry> client) {

  static void add(ObjectNode note, Partnership partnership) {
    partnership.signing().ifPresent(signing -> add(note.putObject("signing"), signing));
    partnership.client().ifPresent(client -> add(note.putObject("client"), client));
    addIds(note.putArray("verification"), partnership.verification());
    addIds(note.putArray("trusted"), partnership.trusted());
  }

  private static void add(ObjectNode node, CertificateEntry entry) {
    node.put("id", entry.id().value());
    node.put("sha-256", fingerprint(entry.certificate()));
  }

  private static void addIds(ArrayNode ids, List<CertificateEntry> entries) {
    entries.forEach(entry -> ids.add(entry.id().value()));
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate was parsed and cannot be encoded", e);
    }
  }

  static SealedCertificates read(JsonNode note, Registry registry) throws As2Exception {
    return new SealedCertificates(
        ours(note, "signing", FailureCode.SIGNING_FAILED_NO_SIGNING_KEY_FOUND, registry),
        theirs(note.required("verification"), registry),
        theirs(note.required("trusted"), registry),
        ours(note, "client", FailureCode.INVALID_CONFIGURATION, registry));
  }

  /** Those that are left, for a message that is not sent again: ours may be gone. */
  static SealedCertificates left(JsonNode note, Registry registry) throws As2Exception {
    return new SealedCertificates(
        note.has("signing") ? same(note.required("signing"), registry) : Optional.empty(),
        theirs(note.required("verification"), registry),
        theirs(note.required("trusted"), registry),
        Optional.empty());
  }

  private static Optional<CertificateEntry> ours(
      JsonNode note, String purpose, FailureCode code, Registry registry) throws As2Exception {
    if (!note.has(purpose)) {
      return Optional.empty();
    }
    JsonNode node = note.required(purpose);
    Optional<CertificateEntry> found = same(node, registry);
    if (found.isEmpty()) {
      throw new As2Exception(
          code,
          "Certificate %s, with which this message was made, is no longer there with its private key, so that the message cannot be sent again as it was."
              .formatted(Note.text(node, "id")));
    }
    return found;
  }

  /** With its key, and no other under the same id. */
  private static Optional<CertificateEntry> same(JsonNode node, Registry registry)
      throws As2Exception {
    return find(new CertificateId(Note.text(node, "id")), registry)
        .filter(entry -> entry.privateKey().isPresent())
        .filter(entry -> fingerprint(entry.certificate()).equals(Note.text(node, "sha-256")));
  }

  private static List<CertificateEntry> theirs(JsonNode ids, Registry registry)
      throws As2Exception {
    List<CertificateEntry> entries = new ArrayList<>();
    for (JsonNode id : ids) {
      find(new CertificateId(id.asText()), registry).ifPresent(entries::add);
    }
    return entries;
  }

  /** Whoever deletes a certificate has ended its use, also for messages under way. */
  private static Optional<CertificateEntry> find(CertificateId id, Registry registry)
      throws As2Exception {
    try {
      return Optional.of(registry.certificate(id));
    } catch (As2Exception e) {
      if (e.code() == FailureCode.CONNECTOR_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Partnership partnership(Connector connector, Profile local, Profile partner) {
    return new Partnership(
        connector,
        connector.options(),
        local,
        partner,
        signing,
        Optional.empty(),
        verification,
        trusted,
        client);
  }
}
