package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.Result.Outcome;
import dev.as2.core.Agreement;
import dev.as2.core.AgreementId;
import dev.as2.core.AgreementRuntime;
import dev.as2.core.As2Server;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import dev.as2.core.FolderPath;
import dev.as2.core.LocalFileStore;
import dev.as2.core.ProfileId;
import dev.as2.core.Registry;
import dev.as2.core.ServerId;
import dev.as2.transport.NettyAs2Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver under an agreement that has AS2 Restart on. */
class RestartingReceiverTest {
  private static final ProfileId OF_US = new ProfileId("p-0000000000000000a");
  private static final ProfileId OF_THEM = new ProfileId("p-0000000000000000b");

  @TempDir Path folder;

  private static CertificateEntry entry(Usage usage, Party party) {
    return CertificateEntry.of(
        CertificateId.random(new SecureRandom()),
        usage,
        party.certificate(),
        Optional.of(party.key()));
  }

  private static Registry registry() {
    CertificateEntry signing = entry(Usage.SIGNING, TestParties.THEM);
    CertificateEntry opening = entry(Usage.ENCRYPTION, TestParties.THEM);
    CertificateEntry ofUs = entry(Usage.SIGNING, TestParties.US);
    return Registry.of(
        List.of(),
        List.of(
            new dev.as2.core.Profile(
                OF_THEM,
                dev.as2.core.Profile.Type.LOCAL,
                TestParties.THEM.as2Id(),
                List.of(signing.id(), opening.id())),
            new dev.as2.core.Profile(
                OF_US,
                dev.as2.core.Profile.Type.PARTNER,
                TestParties.US.as2Id(),
                List.of(ofUs.id()))),
        List.of(signing, opening, ofUs),
        List.of(
            new Agreement(
                new AgreementId("a-0123456789abcdef0"),
                new ServerId("s-0123456789abcdef0"),
                Optional.empty(),
                Agreement.Status.ACTIVE,
                OF_THEM,
                OF_US,
                new Agreement.BaseDirectory(FolderPath.parse("/inbox")),
                Agreement.PreserveFilename.DISABLED,
                Agreement.EnforceMessageSigning.DISABLED,
                Optional.empty(),
                Map.of("as2:restart", "ON"))));
  }

  @Test
  void passesAllThatThereIsAboutRestart() throws Exception {
    Files.createDirectory(folder.resolve("inbox"));
    Files.createDirectory(folder.resolve("spool"));
    try (NettyAs2Client client = NettyAs2Client.create();
        AgreementRuntime runtime =
            AgreementRuntime.builder(
                    registry(), LocalFileStore.below(folder), client, folder.resolve("spool"))
                .build();
        As2Server server = TestParties.serve(runtime)) {
      Report report =
          new ConformanceRun(TestParties.endpoint(server), client, Clock.systemUTC())
              .play(Catalogue.of(Profile.RESTART), RunListener.NONE);

      assertThat(report.results()).hasSizeGreaterThanOrEqualTo(5);
      assertThat(report.results())
          .allSatisfy(result ->
              assertThat(result.outcome())
                  .as(result.scenario().id() + ": " + result.findings())
                  .isEqualTo(Outcome.PASSED));
    }
  }
}
