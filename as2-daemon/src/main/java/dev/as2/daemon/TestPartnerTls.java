package dev.as2.daemon;

import dev.as2.conformance.PartnerTransport;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Timeouts;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.core.TransportOptions.Trust;
import dev.as2.daemon.aws.CertificateText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say how a scripted partner speaks TLS. */
final class TestPartnerTls {
  private static final int KEY_BITS = 2048;
  private static final Duration VALIDITY = Duration.ofDays(30);

  /** An MDN that nobody takes is said soon. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--tls",
      description =
          "Speak TLS with a certificate that is made for --host and printed at the start.")
  private boolean selfMade;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "Speak TLS with this certificate; those that vouch for it may follow: PEM.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Its key, where it is not in the same file: PEM or DER.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--mdn-tls-certificate",
      paramLabel = "FILE",
      description =
          "A certificate that the sender's listener for asynchronous MDNs may show, or that vouches"
              + " for it; repeatable.")
  private List<Path> mdnCertificates = new ArrayList<>();

  /**
   * How the partner is reached.
   *
   * @param host the name in a certificate that is made
   */
  PartnerTransport transport(String host, PrintWriter out) throws IOException {
    PartnerTransport plain = new PartnerTransport(Optional.empty(), mdns());
    if (certificate.isPresent()) {
      return named(plain, certificate.get());
    }
    if (key.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--tls-key needs --tls-certificate");
    }
    return selfMade ? selfMade(plain, host, out) : plain;
  }

  private PartnerTransport named(PartnerTransport plain, Path file) throws IOException {
    if (selfMade) {
      throw new ParameterException(
          spec.commandLine(), "--tls makes a certificate, and --tls-certificate names one");
    }
    KeyedCertificate found =
        KeyedCertificate.read(file, Optional.of(key.orElse(file)), Optional.empty());
    // It checks that the key fits.
    CertificateEntry entry =
        CertificateEntry.of(
            CertificateId.random(new SecureRandom()), Usage.TLS, found.certificate(), found.key());
    return plain.withTls(
        found.key().orElseThrow(),
        Stream.concat(Stream.of(entry.certificate()), found.chain().stream()).toList());
  }

  private static PartnerTransport selfMade(PartnerTransport plain, String host, PrintWriter out)
      throws IOException {
    SelfSigned.Pair pair = SelfSigned.create(Set.of(Usage.TLS), host, VALIDITY, KEY_BITS);
    out.println("The certificate of this partner's TLS, for those who are to trust it:");
    out.println(CertificateText.pem(pair.certificate()));
    return plain.withTls(pair.key(), List.of(pair.certificate()));
  }

  private TransportOptions mdns() throws IOException {
    List<X509Certificate> trusted = TestKeys.certificates(mdnCertificates);
    Timeouts with = Timeouts.DEFAULT;
    return new TransportOptions(
        new Timeouts(
            with.connect(), with.handshake(), with.continueWait(), PATIENCE, PATIENCE, PATIENCE),
        false,
        Optional.empty(),
        new Tls(Trust.DEFAULT, trusted, true, Optional.empty()));
  }
}
