package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoCommandTest {
  @TempDir Path folder;

  private Path state() {
    return folder.resolve("state/demo");
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(end)).toList();
    }
  }

  @Test
  void sendsTheSampleAgainAndAgainWithTheSameKeys() throws IOException {
    Run first = Run.of("demo", "--state", state());
    assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
    assertThat(first.out())
        .contains("compressed, then signed, then encrypted")
        .contains("automatic-action/MDN-sent-automatically; processed")
        .contains("signed by the partner, verified")
        .contains("that of what was sent")
        .contains("(identical)");
    byte[] certificate = Files.readAllBytes(state().resolve("partner/certificate.pem"));

    Run second = Run.of("demo", "--state", state());

    assertThat(second.exitCode()).as(second.out() + second.err()).isZero();
    assertThat(state().resolve("partner/certificate.pem")).hasBinaryContent(certificate);
    assertThat(files(state().resolve("outbox"), ".mdn")).hasSize(2);
    assertThat(files(state().resolve("outbox"), ".json")).hasSize(2);
  }

  @Test
  void theReceiptCanBeVerifiedOffline() throws IOException {
    Run.of("demo", "--state", state());
    Path mdn = files(state().resolve("outbox"), ".mdn").get(0);
    Path certificate = state().resolve("partner/certificate.pem");

    Run good = Run.of("mdn", "verify", "--certificate", certificate, mdn);
    assertThat(good.exitCode()).as(good.out()).isZero();
    assertThat(good.out()).contains("CN=Demo Partner");

    Run otherMic = Run.of("mdn", "verify", mdn, "--certificate", certificate, "--mic", "AAAA");
    assertThat(otherMic.exitCode()).isEqualTo(1);
    assertThat(otherMic.out()).contains(", not AAAA.");

    Path changed = folder.resolve("changed.mdn");
    String text = Files.readString(mdn, StandardCharsets.ISO_8859_1);
    Files.writeString(
        changed, text.replace("its file stored", "its file STORED"), StandardCharsets.ISO_8859_1);
    Run tampered = Run.of("mdn", "verify", changed, "--certificate", certificate, "--json");
    assertThat(tampered.exitCode()).isEqualTo(1);
    assertThat(tampered.out())
        .contains("\"proof\":false")
        .contains("The MDN is not what the partner signed");

    Path nothing = Files.writeString(folder.resolve("empty.mdn"), "Content-Type: text/plain\n\nhi");
    Run none = Run.of("mdn", "verify", nothing, "--certificate", certificate);
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.out()).contains("There is no MDN in it.");
  }

  @Test
  void theReceiptOfAnotherSignerIsNoProof() throws Exception {
    Run.of("demo", "--state", state());
    Tools.makeKey(folder);
    Path mdn = files(state().resolve("outbox"), ".mdn").get(0);

    Run run = Run.of("mdn", "verify", mdn, "--certificate", folder.resolve("certificate.pem"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("none of the certificates given fits.");
  }

  @Test
  void writesTheResultsBesideTheUsersFile() throws IOException {
    Path file = folder.resolve("my orders (1).edi");
    Files.writeString(file, "ISA*".repeat(100_000));

    Run run = Run.of("demo", "--state", state(), file);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(files(folder, ".mdn")).hasSize(1);
    assertThat(files(folder, ".json")).hasSize(1);
    assertThat(state().resolve("partner/received").resolve(file.getFileName()))
        .hasSameBinaryContentAs(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b.edi", ".hidden.edi", "a\\b.edi", "<a|b>?*.edi", "long"})
  void findsWhatThePartnerStoredUnderAnotherName(String name) throws IOException {
    Path file = folder.resolve(name.equals("long") ? ".".repeat(3) + "x".repeat(252) : name);
    Files.writeString(file, "ISA*");

    Run run = Run.of("demo", "--state", state(), file);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("(identical)");
  }

  @Test
  void aFileThatIsNotThereIsOneSentence() {
    Path missing = folder.resolve("missing.edi");

    Run run = Run.of("demo", "--state", state(), missing);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("as2: There is no " + missing + ".%n".formatted());
    assertThat(state()).doesNotExist();
  }

  @Test
  void touchesNoFolderThatIsNotItsOwn() throws IOException {
    Files.writeString(folder.resolve("precious"), "");

    Run run = Run.of("demo", "--state", folder);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is not empty and holds no earlier demo");
  }
}
