package dev.as2.core;

import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.Lookup.Certificates;
import dev.as2.core.TransportOptions.ClientKey;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.core.TransportOptions.Trust;
import dev.as2.mime.EnvelopedInput;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An agreement with everything that its ids stand for, at one moment.
 *
 * @param agreement the agreement
 * @param options its options
 * @param local who receives
 * @param partner who sends
 * @param keys what its messages are opened with
 * @param signing our certificate and key, by which MDNs are signed; empty where none is active
 * @param hosts where asynchronous MDNs may go, in lower case
 * @param tls how the partner's server is recognised
 */
record Terms(
    Agreement agreement,
    AgreementOptions options,
    Profile local,
    Profile partner,
    InboundKeys keys,
    Optional<CertificateEntry> signing,
    Set<String> hosts,
    Tls tls) {

  /**
   * Looks everything up.
   *
   * @return empty where there is no active agreement of these names
   * @throws As2Exception where the configuration cannot be read
   */
  static Optional<Terms> find(Registry registry, MessageKey key, Instant now) throws As2Exception {
    Optional<Agreement> found =
        registry
            .agreement(key.from(), key.to())
            .filter(agreement -> agreement.status() == Agreement.Status.ACTIVE);
    return found.isEmpty() ? Optional.empty() : Optional.of(of(registry, found.get(), now));
  }

  private static Terms of(Registry registry, Agreement agreement, Instant now) throws As2Exception {
    Certificates ours =
        new Certificates(registry, registry.profile(agreement.localProfileId()), now);
    Certificates theirs =
        new Certificates(registry, registry.profile(agreement.partnerProfileId()), now);
    AgreementOptions options = agreement.options();
    return new Terms(
        agreement,
        options,
        ours.profile(),
        theirs.profile(),
        new InboundKeys(recipients(ours), certificates(theirs.active(Usage.SIGNING))),
        ours.active(Usage.SIGNING).stream()
            .filter(c -> c.privateKey().isPresent())
            .max(Comparator.comparing(CertificateEntry::inactiveDate)),
        Stream.concat(
                options.mdnHosts().stream(), registry.hosts(agreement.partnerProfileId()).stream())
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        tls(options.connector().tls(), ours, theirs));
  }

  /** All that may decrypt: senders replace certificates when they like. */
  private static List<EnvelopedInput.Recipient> recipients(Certificates ours) throws As2Exception {
    return ours.active(Usage.ENCRYPTION).stream()
        .filter(entry -> entry.privateKey().isPresent())
        .map(entry ->
            new EnvelopedInput.Recipient(entry.certificate(), entry.privateKey().orElseThrow()))
        .toList();
  }

  private static List<X509Certificate> certificates(List<CertificateEntry> entries) {
    return entries.stream().map(CertificateEntry::certificate).toList();
  }

  private static Tls tls(ConnectorOptions.Tls options, Certificates ours, Certificates theirs)
      throws As2Exception {
    Optional<ClientKey> client =
        options.presentClientCertificate()
            ? Optional.of(
                Partnership.clientKey(
                    ours.newest(Usage.TLS, FailureCode.INVALID_CONFIGURATION, true)))
            : Optional.empty();
    Trust trust = options.trust();
    return new Tls(trust, certificates(theirs.active(Usage.TLS)), options.checkHostname(), client);
  }

  /**
   * What MDNs are signed with.
   *
   * @throws As2Exception where there is none
   */
  CertificateEntry requireSigning() throws As2Exception {
    return signing.orElseThrow(() ->
        new As2Exception(
            FailureCode.SIGNING_FAILED_NO_SIGNING_KEY_FOUND,
            "Profile %s (%s) has no active SIGNING certificate with a private key, and an MDN is to be signed."
                .formatted(local.id(), local.as2Id())));
  }

  /** How the partner's server is reached. */
  TransportOptions transport() {
    ConnectorOptions.Http http = options.connector().http();
    return new TransportOptions(http.timeouts(), http.expectContinue(), http.proxy(), tls);
  }

  /**
   * Whether a message has the layers that the agreement enforces.
   *
   * @throws Refusal where it has not
   */
  void requireSecurity(List<Layer> layers) throws Refusal {
    if (agreement.enforceMessageSigning() == Agreement.EnforceMessageSigning.ENABLED
        && !layers.contains(Layer.SIGN)) {
      throw insecure(FailureCode.INSUFFICIENT_MESSAGE_SECURITY_UNSIGNED, "signed");
    }
    if (options.enforceEncryption() && !layers.contains(Layer.ENCRYPT)) {
      throw insecure(FailureCode.INSUFFICENT_MESSAGE_SECURITY_UNENCRYPTED, "encrypted");
    }
  }

  private static Refusal insecure(FailureCode code, String what) {
    return Refusal.error(
        "insufficient-message-security", code, "messages have to be " + what + ", and it is not");
  }
}
