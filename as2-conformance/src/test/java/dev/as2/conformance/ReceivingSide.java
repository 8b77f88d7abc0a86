package dev.as2.conformance;

import dev.as2.core.Agreement;
import dev.as2.core.AgreementId;
import dev.as2.core.AgreementRuntime;
import dev.as2.core.As2Server;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import dev.as2.core.FolderPath;
import dev.as2.core.LocalFileStore;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.core.Registry;
import dev.as2.core.ServerId;
import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our receiver as a host embeds it: one agreement, a folder, a server and a client. */
final class ReceivingSide implements AutoCloseable {
  private static final ProfileId LOCAL = new ProfileId("p-00000000000000001");
  private static final ProfileId PARTNER = new ProfileId("p-00000000000000002");

  private final NettyAs2Client client = NettyAs2Client.create();
  private final Path folder;
  private final AgreementRuntime runtime;
  private final As2Server server;

  /**
   * @param folder where files are stored and spooled
   */
  ReceivingSide(Path folder) throws IOException {
    this.folder = folder;
    this.runtime =
        AgreementRuntime.builder(
                registry(),
                LocalFileStore.of(Map.of("inbox", Files.createDirectories(inbox()))),
                client,
                Files.createDirectories(folder.resolve("spool")))
            .build();
    this.server = TestParties.serve(runtime);
  }

  Endpoint endpoint() {
    return TestParties.endpoint(server);
  }

  /** The client of both sides. */
  NettyAs2Client client() {
    return client;
  }

  Path inbox() {
    return folder.resolve("inbox");
  }

  private static Registry registry() {
    CertificateEntry decrypting =
        entry("cert-00000000000000001", Usage.ENCRYPTION, TestParties.THEM);
    CertificateEntry signing = entry("cert-00000000000000002", Usage.SIGNING, TestParties.THEM);
    CertificateEntry verifying =
        CertificateEntry.of(
            new CertificateId("cert-00000000000000003"),
            Usage.SIGNING,
            TestParties.US.certificate(),
            Optional.empty());
    return Registry.of(
        List.of(),
        List.of(
            new Profile(
                LOCAL,
                Profile.Type.LOCAL,
                TestParties.THEM.as2Id(),
                List.of(decrypting.id(), signing.id())),
            new Profile(
                PARTNER, Profile.Type.PARTNER, TestParties.US.as2Id(), List.of(verifying.id()))),
        List.of(decrypting, signing, verifying),
        List.of(agreement()));
  }

  private static CertificateEntry entry(String id, Usage usage, Party party) {
    return CertificateEntry.of(
        new CertificateId(id), usage, party.certificate(), Optional.of(party.key()));
  }

  private static Agreement agreement() {
    return new Agreement(
        new AgreementId("a-00000000000000001"),
        new ServerId("s-00000000000000001"),
        Optional.empty(),
        Agreement.Status.ACTIVE,
        LOCAL,
        PARTNER,
        new Agreement.BaseDirectory(FolderPath.parse("/inbox/from-us")),
        Agreement.PreserveFilename.ENABLED,
        Agreement.EnforceMessageSigning.DISABLED,
        Optional.empty(),
        Map.of("as2:restart", "ON"));
  }

  @Override
  public void close() {
    server.close();
    runtime.close();
    client.close();
  }
}
