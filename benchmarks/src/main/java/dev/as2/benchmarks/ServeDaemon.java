package dev.as2.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.CertificateUsageType;
import software.amazon.awssdk.services.transfer.model.CompressionEnum;
import software.amazon.awssdk.services.transfer.model.EncryptionAlg;
import software.amazon.awssdk.services.transfer.model.MdnResponse;
import software.amazon.awssdk.services.transfer.model.MdnSigningAlg;
import software.amazon.awssdk.services.transfer.model.ProfileType;
import software.amazon.awssdk.services.transfer.model.SigningAlg;
import software.amazon.awssdk.services.transfer.model.Tag;

/**
 * {@code as2 serve} in a JVM of its own, with one connector to the sink, driven through its API by
 * AWS's SDK. What has ended is known by the lines it prints. Not safe for use by several threads.
 */
final class ServeDaemon implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As many as StartFileTransfer takes. */
  private static final int FILES_OF_A_CALL = 10;

  private static final int CALLERS = 4;
  private static final String ROLE = "arn:aws:iam::000000000000:role/none";
  private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+)");

  private final Child child;
  private final URI endpoint;
  private final TransferClient client;
  private final Path outbox;
  private final String connector;
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  private ServeDaemon(Child child, Path state, Path outbox, Lab lab, String partner)
      throws IOException {
    this.child = child;
    this.outbox = outbox;
    this.endpoint = listening(child);
    this.client = client(endpoint, state.resolve("credentials"));
    this.connector = connector(client, lab, partner);
  }

  /**
   * Starts one.
   *
   * @param partner where it sends to
   * @param more arguments of {@code as2 serve}
   */
  static ServeDaemon start(Lab lab, String partner, SendBench.Ours how, List<String> more)
      throws IOException {
    Path folder = lab.scratch("serve");
    Path outbox = Files.createDirectory(folder.resolve("outbox"));
    Path state = folder.resolve("state");
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--port", "0", "--state", state.toString(), "--bucket"));
    arguments.add(OurEngine.BUCKET + "=" + outbox);
    arguments.addAll(more);
    Child child =
        lab.start(
            new Child.Command(
                "serve",
                List.of("-Xmx" + how.heap()),
                classPath(lab),
                "dev.as2.daemon.As2Command",
                arguments));
    try {
      return new ServeDaemon(child, state, outbox, lab, partner);
    } catch (IOException | RuntimeException e) {
      child.kill();
      throw e;
    }
  }

  /** The daemon's own, and of the native providers the one for this machine. */
  private static String classPath(Lab lab) throws IOException {
    Path target = lab.root().resolve("as2-daemon/target");
    String machine =
        System.getProperty("os.arch").equals("amd64") ? "linux-x86_64" : "linux-aarch_64";
    return String.join(
        File.pathSeparator,
        target.resolve("classes").toString(),
        Lab.jars(target.resolve("lib")),
        Lab.jars(target.resolve("native").resolve(machine)));
  }

  private static URI listening(Child child) throws IOException {
    String line = child.line();
    Matcher listening = LISTENING.matcher(line);
    if (!listening.find()) {
      throw new IOException("the daemon does not say where it listens, but: " + line);
    }
    child.line(); // where the access key is
    return URI.create(listening.group(1));
  }

  private static TransferClient client(URI endpoint, Path credentials) {
    ProfileFile file =
        ProfileFile.builder().content(credentials).type(ProfileFile.Type.CREDENTIALS).build();
    return TransferClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(ProfileCredentialsProvider.builder().profileFile(file).build())
        .build();
  }

  /** As {@link OurEngine}'s, without a bound that would be measured instead. */
  private static String connector(TransferClient client, Lab lab, String url) throws IOException {
    String us =
        client
            .importCertificate(each ->
                each.usage(CertificateUsageType.SIGNING)
                    .certificate(pem("CERTIFICATE", lab.key("us.der")))
                    .privateKey(pem("PRIVATE KEY", lab.key("us.key"))))
            .certificateId();
    List<String> theirs = new ArrayList<>();
    for (CertificateUsageType usage :
        List.of(CertificateUsageType.ENCRYPTION, CertificateUsageType.SIGNING)) {
      theirs.add(
          client
              .importCertificate(
                  each -> each.usage(usage).certificate(pem("CERTIFICATE", lab.key("partner.der"))))
              .certificateId());
    }
    String local = profile(client, ProfileType.LOCAL, "us", List.of(us));
    String remote = profile(client, ProfileType.PARTNER, "partner", theirs);
    return client
        .createConnector(each ->
            each.url(url)
                .accessRole(ROLE)
                .as2Config(as2 ->
                    as2.localProfileId(local)
                        .partnerProfileId(remote)
                        .compression(CompressionEnum.ZLIB)
                        .encryptionAlgorithm(EncryptionAlg.AES128_CBC)
                        .signingAlgorithm(SigningAlg.SHA256)
                        .mdnResponse(MdnResponse.SYNC)
                        .mdnSigningAlgorithm(MdnSigningAlg.DEFAULT))
                .tags(
                    tag("as2:retry-attempts", "1"),
                    tag("as2:max-concurrent", "10000"),
                    tag("as2:max-per-second", "10000")))
        .connectorId();
  }

  private static String profile(
      TransferClient client, ProfileType type, String as2Id, List<String> certificates) {
    return client
        .createProfile(each -> each.profileType(type).as2Id(as2Id).certificateIds(certificates))
        .profileId();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static String pem(String what, Path der) {
    try {
      String lines =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(Files.readAllBytes(der));
      return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Has a file sent as often as is said, and returns when the last has ended.
   *
   * @throws IOException where one of them failed, or was not accepted
   */
  void send(Path file, int count) throws IOException {
    Path there = outbox.resolve(file.getFileName().toString());
    if (!Files.exists(there)) {
      Files.copy(file, there);
    }
    String path = "/" + OurEngine.BUCKET + "/" + there.getFileName();
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int left = count; left > 0; left -= FILES_OF_A_CALL) {
      List<String> paths = Collections.nCopies(Math.min(left, FILES_OF_A_CALL), path);
      calls.add(
          CompletableFuture.runAsync(
              () ->
                  client.startFileTransfer(
                      each -> each.connectorId(connector).sendFilePaths(paths)),
              callers));
    }
    // A file that was not accepted has no end that could be waited for.
    calls.forEach(call ->
        call.whenComplete((none, fault) -> {
          if (fault != null) {
            System.err.println("    not accepted: " + fault);
            child.kill();
          }
        }));
    for (int ended = 0; ended < count; ended++) {
      checkEnd();
    }
    join(calls);
  }

  private void checkEnd() throws IOException {
    JsonNode end = child.answer();
    if (!end.path("status-code").asText().equals("COMPLETED")) {
      throw new IOException("a transfer of the daemon failed: " + end);
    }
  }

  private static void join(List<CompletableFuture<Void>> calls) throws IOException {
    try {
      calls.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new IOException("a transfer was not accepted: " + e.getCause(), e);
    }
  }

  /** Its process. */
  Child child() {
    return child;
  }

  /** Its counters, by their names in /metrics. */
  Map<String, Double> counters() throws IOException {
    Map<String, Double> counters = new HashMap<>();
    byte[] text = endpoint.resolve("/metrics").toURL().openStream().readAllBytes();
    for (String line : new String(text, StandardCharsets.UTF_8).split("\n")) {
      int space = line.lastIndexOf(' ');
      if (space > 0 && !line.startsWith("#")) {
        counters.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
      }
    }
    return counters;
  }

  @Override
  public void close() {
    callers.shutdownNow();
    client.close();
    child.kill();
  }
}
