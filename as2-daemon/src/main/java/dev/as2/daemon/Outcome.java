package dev.as2.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.OutcomeRecord;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Receipt;
import dev.as2.daemon.aws.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;

/** How a transfer ended, for people and for programs. */
final class Outcome {
  private Outcome() {}

  /** The outcome record, and where it was written. */
  static ObjectNode json(SendResult result) {
    ObjectNode record = Json.parse(OutcomeRecord.json(result, Instant.now()));
    result.files().json().ifPresent(path -> record.put("json-file", LocalPaths.shown(path)));
    result.files().mdn().ifPresent(path -> record.put("mdn-file", LocalPaths.shown(path)));
    return record;
  }

  static void print(SendResult result, PrintWriter out) {
    out.println(result.status() + "  " + LocalPaths.shown(result.transfer().file()));
    line(out, "message", Optional.of(result.transfer().messageId().value()));
    line(out, "disposition", result.receipt().map(Receipt::disposition));
    line(out, "MIC", result.receipt().flatMap(Outcome::mic));
    line(
        out, "failure", result.failure().map(f -> f.code() + ": " + LocalPaths.shown(f.message())));
    line(out, "hint", result.failure().map(Failure::code).map(code -> code.hint()));
    if (result.attempts().size() > 1) {
      line(out, "attempts", Optional.of(Integer.toString(result.attempts().size())));
    }
    result.warnings().forEach(warning -> line(out, "warning", Optional.of(warning)));
    line(out, "record", result.files().json().map(LocalPaths::shown));
    line(out, "MDN", result.files().mdn().map(LocalPaths::shown));
  }

  private static Optional<String> mic(Receipt receipt) {
    return receipt.mic().map(mic -> mic + " (" + meaning(receipt.micMatch()) + ")");
  }

  /** What the record's {@code mic-match} means. */
  static String meaning(String micMatch) {
    return switch (micMatch) {
      case "rfc" -> "that of what was sent";
      case "mismatch" -> "NOT that of what was sent";
      case "absent" -> "none";
      default -> micMatch;
    };
  }

  private static void line(PrintWriter out, String name, Optional<String> value) {
    value.ifPresent(text -> out.printf("  %-12s %s%n", name, text));
  }
}
