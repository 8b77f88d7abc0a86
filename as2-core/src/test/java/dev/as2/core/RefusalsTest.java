package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.Agreement.EnforceMessageSigning;
import dev.as2.core.Agreement.PreserveFilename;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.ReceivingStage.Made;
import dev.as2.core.SendResult.Failure;
import dev.as2.mime.RsaIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What is refused, with which words, and that nothing of it is stored (RFC 4130 §7.5). */
@Timeout(60)
class RefusalsTest {
  private static final RsaIdentity STRANGER = RsaIdentity.selfSigned("stranger");

  @TempDir Path spool;

  @ParameterizedTest(name = "{0}: {1} {2} {3}")
  @CsvFileSource(
      resources = "/vectors/refusals.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      nullValues = "-",
      emptyValue = "")
  void namesTheFaultAndStoresNothing(
      String item,
      String agreement,
      String layers,
      String change,
      int status,
      String disposition,
      String code)
      throws IOException {
    Made made = changed(ReceivingStage.message(layers(layers)), change);
    try (ReceivingStage stage = stage(agreement == null ? "" : agreement)) {
      As2Handler.Answer answer = stage.receive(made);

      assertThat(answer.status()).isEqualTo(status);
      if (disposition != null) {
        assertThat(ReceivingStage.mdn(answer).dispositionField())
            .isEqualTo(Disposition.MODES + disposition);
      }
      assertThat(
              stage.receptions.stream()
                  .flatMap(r -> r.failure().stream())
                  .map(Failure::code)
                  .map(Enum::name)
                  .toList())
          .isEqualTo(code == null ? List.of() : List.of(code));
      assertThat(stage.inbox()).noneMatch(key -> key.endsWith(".edi"));
      assertThat(stage.spoolIsEmpty()).isTrue();
      assertThat(stage.client.requests()).isEmpty();
    }
  }

  private static Set<Layer> layers(String names) {
    return names == null || names.isBlank()
        ? Set.of()
        : Arrays.stream(names.split(" ")).map(Layer::valueOf).collect(Collectors.toSet());
  }

  private ReceivingStage stage(String kind) throws IOException {
    return switch (kind) {
      case "" -> new ReceivingStage(spool);
      case "INACTIVE" -> new ReceivingStage(spool, inactive(), b -> b);
      case "SIGNING" -> new ReceivingStage(spool, enforcing(), b -> b);
      case "ENCRYPTION" ->
          new ReceivingStage(
              spool, ReceivingStage.agreement("as2:enforce-encryption", "ON"), b -> b);
      case "SMALL" ->
          new ReceivingStage(spool, ReceivingStage.agreement("as2:max-file-size", "10B"), b -> b);
      default -> new ReceivingStage(spool, ReceivingStage.agreement(), keys(kind));
    };
  }

  private static ReceivingStage.Keys keys(String kind) {
    return switch (kind) {
      case "OTHER_KEY" ->
          new ReceivingStage.Keys(
              Trade.US, Optional.of(Trade.entry(Usage.ENCRYPTION, STRANGER, true)));
      case "NO_KEY" -> new ReceivingStage.Keys(Trade.US, Optional.empty());
      case "OTHER_SIGNER" ->
          new ReceivingStage.Keys(STRANGER, ReceivingStage.Keys.OURS.encryption());
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Agreement inactive() {
    Agreement like = ReceivingStage.agreement();
    return new Agreement(
        like.id(),
        like.serverId(),
        like.description(),
        Agreement.Status.INACTIVE,
        like.localProfileId(),
        like.partnerProfileId(),
        like.directories(),
        like.preserveFilename(),
        like.enforceMessageSigning(),
        like.accessRole(),
        like.tags());
  }

  private static Agreement enforcing() {
    return ReceivingStage.agreement(
        ReceivingStage.agreement().directories(),
        PreserveFilename.DISABLED,
        EnforceMessageSigning.ENABLED);
  }

  private static Made changed(Made made, String changes) {
    Made changed = made;
    for (String change : changes == null ? new String[0] : changes.split("; (?=set|drop)")) {
      changed = one(changed, change);
    }
    return changed;
  }

  private static Made one(Made made, String change) {
    String[] words = change.split(" ", 2);
    return switch (words[0]) {
      case "set" -> {
        String[] header = words[1].split(": ", 2);
        yield made.with(header[0], header[1]);
      }
      case "drop" -> made.without(words[1]);
      case "twice" ->
          new Made(
              made.headers().plus(words[1], made.headers().first(words[1]).orElseThrow()),
              made.body(),
              made.message());
      case "cut" ->
          made.withBody(
              Arrays.copyOf(made.body(), made.body().length - Integer.parseInt(words[1])));
      case "start" -> made.withBody(new byte[100]);
      case "flip" -> made.withBody(flipped(made.body()));
      default -> throw new IllegalArgumentException(change);
    };
  }

  private static byte[] flipped(byte[] body) {
    byte[] other = body.clone();
    int at = new String(body, StandardCharsets.ISO_8859_1).indexOf("ISA*00");
    other[at] ^= 1;
    return other;
  }
}
