package dev.as2.core;

import dev.as2.core.MdnWriter.Statement;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import dev.as2.mime.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
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
    Instant now = clock.instant();
    return made(
        head,
        Headers.of("AS2-Version", "1.1"),
        writer(head, now).report(statement(head, said)),
        now);
  }

  /**
   * The MDN that the message asks for.
   *
   * @throws IOException where it is to be signed and cannot be
   */
  MadeMdn make(InboundHead head, Terms terms, Said said) throws IOException {
    Instant now = clock.instant();
    MdnWriter writer = writer(head, now);
    Statement statement = statement(head, said);
    Optional<DigestAlgorithm> signature = head.receipt().signature();
    Entity mdn =
        signature.isPresent()
            ? writer.signed(statement, signer(terms, signature.get()))
            : writer.report(statement);
    return made(head, ours(terms), mdn, now);
  }

  private MdnWriter writer(InboundHead head, Instant now) {
    return new MdnWriter("as2-" + Uuids.random(random), now, head.receipt().spelling());
  }

  private static Statement statement(InboundHead head, Said said) {
    return new Statement(
        head.messageIdAsSent(),
        head.key().to(),
        said.disposition(),
        said.mic(),
        said.words().replaceAll("[^ -~]", "?"));
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

  private MadeMdn made(InboundHead head, Headers first, Entity mdn, Instant now)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    mdn.writeBodyTo(body);
    Headers headers =
        first
            .plus(
                Headers.of(
                    "AS2-From",
                    head.key().to().toHeader(),
                    "AS2-To",
                    head.key().from().toHeader(),
                    "Message-ID",
                    MessageId.random(random).toHeader(),
                    "Date",
                    OutboundHeaders.date(now),
                    "Subject",
                    "MDN for " + head.messageIdAsSent(),
                    "MIME-Version",
                    "1.0",
                    "Server",
                    OutboundHeaders.PRODUCT))
            .plus(mdn.headers());
    return new MadeMdn(headers, body.toByteArray());
  }
}
