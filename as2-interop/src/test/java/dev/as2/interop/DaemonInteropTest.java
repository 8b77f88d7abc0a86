package dev.as2.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.as2.daemon.serve.Daemon;
import dev.as2.daemon.serve.ServeConfig;
import dev.as2.daemon.serve.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.CertificateUsageType;
import software.amazon.awssdk.services.transfer.model.CompressionEnum;
import software.amazon.awssdk.services.transfer.model.ConnectorFileTransferResult;
import software.amazon.awssdk.services.transfer.model.EncryptionAlg;
import software.amazon.awssdk.services.transfer.model.MdnResponse;
import software.amazon.awssdk.services.transfer.model.ProfileType;
import software.amazon.awssdk.services.transfer.model.SigningAlg;
import software.amazon.awssdk.services.transfer.model.TransferTableStatus;

/** From AWS's own client through the daemon to products that others use, and back to a record. */
@ExtendWith(Peers.class)
@Timeout(300)
class DaemonInteropTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ROLE = "arn:aws:iam::000000000000:role/as2";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(PeerProduct.class)
  void aFileGoesFromAwsClientToAPeer(PeerProduct product, RunningPeers peers) throws Exception {
    Peer peer = peers.peer(product);
    Path outbox = Files.createDirectories(folder.resolve("outbox"));
    byte[] order = "ISA*00*          *00*          ~\r\n".repeat(100).getBytes(US_ASCII);
    Files.write(outbox.resolve("order.edi"), order);
    try (Daemon daemon = daemon(outbox);
        TransferClient aws = client(daemon)) {
      String connector = connector(aws, peers.ours(), peer);
      String transfer =
          aws.startFileTransfer(
                  call -> call.connectorId(connector).sendFilePaths("/outbox/order.edi"))
              .transferId();

      await().atMost(PATIENCE).until(() -> hasEnded(result(aws, connector, transfer).statusCode()));

      assertThat(result(aws, connector, transfer).statusCode())
          .isEqualTo(TransferTableStatus.COMPLETED);
      JsonNode record = record(outbox);
      assertThat(record.get("status-code").asText()).isEqualTo("COMPLETED");
      assertThat(record.get("mic-match").asText()).isEqualTo("rfc");
      assertThat(peer.received("<" + record.get("as2-message-id").asText() + ">", PATIENCE))
          .hasBinaryContent(order);
    }
  }

  private Daemon daemon(Path outbox) throws IOException {
    ServeConfig config =
        ServeConfig.read(
            Optional.empty(),
            Map.of(),
            new ServeConfig.Flags(
                Map.of(Setting.STATE, folder.resolve("state").toString(), Setting.PORT, "0"),
                Map.of("outbox", outbox)));
    return Daemon.start(config, new PrintWriter(Writer.nullWriter()));
  }

  private static TransferClient client(Daemon daemon) {
    ProfileFile credentials =
        ProfileFile.builder()
            .content(daemon.credentials())
            .type(ProfileFile.Type.CREDENTIALS)
            .build();
    return TransferClient.builder()
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(daemon.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(ProfileCredentialsProvider.builder().profileFile(credentials).build())
        .build();
  }

  private static String connector(TransferClient aws, Identity ours, Peer peer)
      throws CertificateEncodingException {
    String key = pem("PRIVATE KEY", ours.key().getEncoded());
    String certificate = pem(ours.certificate());
    String signing =
        aws.importCertificate(call ->
                call.usage(CertificateUsageType.SIGNING).certificate(certificate).privateKey(key))
            .certificateId();
    List<String> theirs =
        List.of(
            imported(aws, CertificateUsageType.ENCRYPTION, peer.encryptionCertificate()),
            imported(aws, CertificateUsageType.SIGNING, peer.signingCertificate()));
    String local =
        aws.createProfile(call ->
                call.profileType(ProfileType.LOCAL).as2Id(ours.as2Id()).certificateIds(signing))
            .profileId();
    String partner =
        aws.createProfile(call ->
                call.profileType(ProfileType.PARTNER).as2Id(peer.as2Id()).certificateIds(theirs))
            .profileId();
    return aws.createConnector(call ->
            call.url(peer.url().toString())
                .accessRole(ROLE)
                .as2Config(as2 ->
                    as2.localProfileId(local)
                        .partnerProfileId(partner)
                        .compression(CompressionEnum.DISABLED)
                        .encryptionAlgorithm(EncryptionAlg.AES128_CBC)
                        .signingAlgorithm(SigningAlg.SHA256)
                        .mdnResponse(MdnResponse.SYNC)))
        .connectorId();
  }

  private static String imported(
      TransferClient aws, CertificateUsageType usage, X509Certificate certificate)
      throws CertificateEncodingException {
    String text = pem(certificate);
    return aws.importCertificate(call -> call.usage(usage).certificate(text)).certificateId();
  }

  private static String pem(X509Certificate certificate) throws CertificateEncodingException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  private static String pem(String label, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, text, label);
  }

  private static ConnectorFileTransferResult result(
      TransferClient aws, String connector, String transfer) {
    return aws.listFileTransferResults(call -> call.connectorId(connector).transferId(transfer))
        .fileTransferResults()
        .get(0);
  }

  private static boolean hasEnded(TransferTableStatus status) {
    return status == TransferTableStatus.COMPLETED || status == TransferTableStatus.FAILED;
  }

  private static JsonNode record(Path outbox) throws IOException {
    try (var files = Files.newDirectoryStream(outbox, "*.json")) {
      return new ObjectMapper().readTree(Files.readAllBytes(files.iterator().next()));
    }
  }
}
