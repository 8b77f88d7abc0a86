package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.CertificateEntry.Usage;
import dev.as2.daemon.aws.CertificateText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code as2 conformance serve} over TLS. */
@Timeout(120)
class ConformanceServeTest {
  private static final SelfSigned.Pair US = pair(Usage.SIGNING, "us");
  private static final SelfSigned.Pair THEM = pair(Usage.SIGNING, "them");
  private static final SelfSigned.Pair TLS = pair(Usage.TLS, "localhost");
  private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+) .*");

  @TempDir Path folder;

  private static SelfSigned.Pair pair(Usage usage, String name) {
    return SelfSigned.create(Set.of(usage), name, Duration.ofDays(10), 2048);
  }

  private Path certificate(String name, SelfSigned.Pair pair) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".pem"), CertificateText.pem(pair.certificate()));
  }

  private Path key(String name, SelfSigned.Pair pair) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".key.pem"),
        CertificateText.pem("PRIVATE KEY", pair.key().getEncoded()));
  }

  private Object[] words(Object... more) throws IOException {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "conformance",
                "serve",
                "--port",
                "0",
                "--as2-id",
                "them",
                "--as2-from",
                "us",
                "--certificate",
                certificate("them", THEM),
                "--key",
                key("them", THEM),
                "--partner-certificate",
                certificate("us", US)));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  /** What a GET of the root gives while the command runs, which shows this or prints its own. */
  private static String indexOf(List<X509Certificate> shown, Object... words) throws Exception {
    String[] texts = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
    try (PipedReader read = new PipedReader();
        PrintWriter out = new PrintWriter(new PipedWriter(read), true);
        BufferedReader lines = new BufferedReader(read)) {
      Thread command =
          new Thread(() -> As2Command.commandLine(texts).setOut(out).execute(texts), "serve");
      command.start();
      try {
        StringBuilder before = new StringBuilder();
        Matcher listening = LISTENING.matcher("");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          listening = LISTENING.matcher(line);
          if (listening.matches()) {
            break;
          }
          before.append(line).append('\n');
        }
        List<X509Certificate> trusted =
            shown.isEmpty()
                ? CertificateText.read(
                    before
                        .substring(before.indexOf("-----BEGIN"))
                        .getBytes(StandardCharsets.US_ASCII))
                : shown;
        return get(URI.create(listening.group(1)), trusted);
      } finally {
        command.interrupt();
        command.join();
      }
    }
  }

  private static String get(URI url, List<X509Certificate> trusted) throws Exception {
    assertThat(url).hasScheme("https");
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("partner", trusted.get(0));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void speaksTlsWithTheCertificateThatIsNamed() throws Exception {
    String index =
        indexOf(
            List.of(TLS.certificate()),
            words(
                "--tls-certificate", certificate("tls", TLS),
                "--tls-key", key("tls", TLS)));

    assertThat(index).contains("/mic-wrong ", "/async-good ");
  }

  @Test
  void speaksTlsWithACertificateThatItMakesAndPrints() throws Exception {
    assertThat(indexOf(List.of(), words("--tls"))).contains("/mic-wrong ", "/async-good ");
  }

  @Test
  void refusesAKeyThatDoesNotFit() throws IOException {
    Run run =
        Run.of(
            words(
                "--tls-certificate", certificate("tls", TLS),
                "--tls-key", key("us", US)));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("the private key does not fit certificate");
  }

  @Test
  void refusesAKeyWithoutItsCertificate() throws IOException {
    Run run = Run.of(words("--tls-key", key("tls", TLS)));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--tls-key needs --tls-certificate");
  }
}
