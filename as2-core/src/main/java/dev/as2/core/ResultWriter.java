package dev.as2.core;

import dev.as2.core.ConnectorOptions.ResultLayout;
import dev.as2.core.SendResult.ResultFiles;
import dev.as2.mime.Content;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes the two result files of a transfer: the partner's answer, and then the outcome record, so
 * that the record's presence means that all else is there. Writing the same result again is
 * harmless.
 *
 * <p>A store that does not take them turns into a warning: what happened has happened.
 */
final class ResultWriter {
  /** Results are worth a second and a third try: what they say cannot be found out again. */
  static final RetryPolicy<Object> PERSISTENT =
      RetryPolicy.builder()
          .handle(IOException.class)
          .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(1))
          .withMaxAttempts(3)
          .build();

  private final FileStore store;
  private final ResultLayout layout;

  ResultWriter(FileStore store, ResultLayout layout) {
    this.store = store;
    this.layout = layout;
  }

  /**
   * Writes them, and gives the result that says where they are.
   *
   * @param answer the octets of the {@code .mdn} file, where the partner answered
   */
  SendResult write(SendResult result, Optional<byte[]> answer, Instant ended) {
    List<String> warnings = new ArrayList<>(result.warnings());
    Optional<FilePath> mdn = Optional.empty();
    if (answer.isPresent()) {
      mdn =
          written(
              () -> ResultNames.mdn(result.transfer(), layout, result.status()),
              answer.get(),
              "application/octet-stream",
              warnings);
    }
    SendResult recorded = with(result, warnings, new ResultFiles(Optional.empty(), mdn));
    Optional<FilePath> json =
        written(
            () -> ResultNames.json(result.transfer(), layout, result.status()),
            OutcomeRecord.json(recorded, ended).getBytes(StandardCharsets.UTF_8),
            "application/json",
            warnings);
    return with(result, warnings, new ResultFiles(json, mdn));
  }

  private Optional<FilePath> written(
      Supplier<FilePath> name, byte[] octets, String contentType, List<String> warnings) {
    try {
      FilePath path = name.get();
      return write(path, octets, contentType, warnings);
    } catch (IllegalArgumentException e) {
      warnings.add("A result file has no possible name: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<FilePath> write(
      FilePath path, byte[] octets, String contentType, List<String> warnings) {
    try {
      Failsafe.with(PERSISTENT).run(() -> store.write(path, Content.of(octets), contentType));
      return Optional.of(path);
    } catch (RuntimeException e) { // Failsafe's, around the store's exception, or the store's own
      Throwable why = e instanceof FailsafeException && e.getCause() != null ? e.getCause() : e;
      String words = why instanceof As2Exception coded ? coded.sentence() : String.valueOf(why);
      warnings.add("Result file %s could not be written: %s".formatted(path, words));
      return Optional.empty();
    }
  }

  private static SendResult with(SendResult result, List<String> warnings, ResultFiles files) {
    return new SendResult(
        result.transfer(),
        result.failure(),
        result.message(),
        result.receipt(),
        result.attempts(),
        warnings,
        files);
  }
}
