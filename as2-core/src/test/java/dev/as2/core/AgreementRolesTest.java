package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.Agreement.BaseDirectory;
import dev.as2.core.Agreement.EnforceMessageSigning;
import dev.as2.core.Agreement.PreserveFilename;
import dev.as2.mime.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementRolesTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/receives";
  private static final ProfileId US = new ProfileId("p-0000000000000000a");
  private static final ProfileId THEM = new ProfileId("p-0000000000000000b");

  @TempDir Path spool;

  private static Registry registry() {
    return Registry.of(
        List.of(),
        List.of(
            new Profile(US, Profile.Type.LOCAL, new As2Id("US"), List.of()),
            new Profile(THEM, Profile.Type.PARTNER, new As2Id("THEM"), List.of())),
        List.of(),
        List.of(
            new Agreement(
                new AgreementId("a-0123456789abcdef0"),
                new ServerId("s-0123456789abcdef0"),
                Optional.empty(),
                Agreement.Status.ACTIVE,
                US,
                THEM,
                new BaseDirectory(FolderPath.parse("/in/them")),
                PreserveFilename.DISABLED,
                EnforceMessageSigning.DISABLED,
                Optional.of(ROLE),
                Map.of())));
  }

  @Test
  void writesUnderTheAgreementsRole() throws IOException {
    InMemoryFileStore store = new InMemoryFileStore("in");
    Set<Optional<String>> roles = ConcurrentHashMap.newKeySet();
    FileStores stores =
        role -> {
          roles.add(role);
          return store;
        };
    try (AgreementRuntime runtime =
        AgreementRuntime.builder(registry(), stores, new ScriptedClient(), spool).build()) {
      As2Handler.Answer answer =
          runtime.handle(
              new As2Handler.Request(
                  "POST",
                  "/",
                  Headers.of(
                      "AS2-From", "THEM",
                      "AS2-To", "US",
                      "Message-ID", "<1@them.example>",
                      "Content-Type", "text/plain"),
                  new ByteArrayInputStream("an order".getBytes(StandardCharsets.US_ASCII)),
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));

      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(roles).containsExactly(Optional.of(ROLE));
    assertThat(store.list("in", "them/processed/", 10)).hasSize(2);
  }
}
