package dev.as2.core;

import dev.as2.core.MdnWriter.Statement;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import dev.as2.mime.Signer;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** Makes the MDN of a message, with the headers it goes out with (RFC 4130 §7.2). */
final class ReceiptMaker {
  private final Clock clock;
  private final SecureRandom random;

  ReceiptMaker(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * What is to be said of a message.
   *
   * @param disposition what became of it
   * @param mic over what was received; empty where nothing could be
   * @param words for people
   */
  record Said(Disposition disposition, Optional<Mic> mic, String words) {}

  /** An MDN without a signature, of whom nothing more is known than the names. */
  MadeMdn unsigned(InboundHead head, Said said) throws IOException {
    MdnWriter writer = writer(head);
    Statement statement = statement(head, said);
    return writer.made(
        Headers.of("AS2-Version", "1.1"),
        statement,
        writer.report(statement),
        head.key().from(),
        MessageId.random(random));
  }

  /**
   * The MDN that the message asks for.
   *
   * @throws IOException where it is to be signed and cannot be
   */
  MadeMdn make(InboundHead head, Terms terms, Said said) throws IOException {
    MdnWriter writer = writer(head);
    Statement statement = statement(head, said);
    Optional<DigestAlgorithm> signature = head.receipt().signature();
    Entity mdn =
        signature.isPresent()
            ? writer.signed(statement, signer(terms, signature.get()))
            : writer.report(statement);
    return writer.made(ours(terms), statement, mdn, head.key().from(), MessageId.random(random));
  }

  private MdnWriter writer(InboundHead head) {
    return new MdnWriter("as2-" + Uuids.random(random), clock.instant(), head.receipt().spelling());
  }

  private static Statement statement(InboundHead head, Said said) {
    return new Statement(
        head.messageIdAsSent(), head.key().to(), said.disposition(), said.mic(), said.words());
  }

  private static Signer signer(Terms terms, DigestAlgorithm algorithm) throws As2Exception {
    CertificateEntry entry = terms.requireSigning();
    ConnectorOptions.Packing packing = terms.options().connector().packing();
    try {
      return new Signer(
          entry.privateKey().orElseThrow(),
          entry.certificate(),
          algorithm,
          packing.signerCertificate() == ConnectorOptions.SignerCertificate.INCLUDED,
          packing.algorithmProtection());
    } catch (IllegalArgumentException e) {
      throw new As2Exception(
          FailureCode.SIGNING_FAILED, "MDNs cannot be signed: " + e.getMessage(), e);
    }
  }

  private static Headers ours(Terms terms) {
    ConnectorOptions options = terms.options().connector();
    Headers headers =
        OutboundHeaders.features(
            Headers.of("AS2-Version", options.packing().as2Version()), options.packing());
    return headers.plus(options.http().extraHeaders());
  }
}
