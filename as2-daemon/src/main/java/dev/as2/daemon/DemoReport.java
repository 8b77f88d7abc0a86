package dev.as2.daemon;

import dev.as2.core.FilePath;
import dev.as2.core.Receiver;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.PackedMessage;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.SendResult.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happened to the demonstration's file, step by step. */
final class DemoReport {
  /** What the user has typed to start this; set by the launcher. */
  private static final String COMMAND = "as2.command";

  /** Below this, starting up takes longer than sending. */
  private static final long WORTH_A_SPEED = 10_000_000;

  private final DemoState demo;
  private final Path source;
  private final SendResult result;
  private final Path received;
  private final boolean identical;

  DemoReport(DemoState demo, Path source, SendResult result) throws IOException {
    this.demo = demo;
    this.source = source;
    this.result = result;
    this.received =
        demo.received().resolve(Receiver.storedName(String.valueOf(source.getFileName())));
    this.identical =
        result.status() == Status.COMPLETED
            && Files.exists(received)
            && Files.mismatch(source, received) < 0;
  }

  boolean isSuccess() {
    return identical;
  }

  void print(PrintWriter out) {
    out.println();
    result.message().ifPresent(message -> packed(out, message));
    List<Attempt> attempts = result.attempts();
    if (!attempts.isEmpty()) {
      sent(out, attempts.get(attempts.size() - 1));
    }
    result.receipt().ifPresent(receipt -> receipt(out, receipt));
    out.println();
    if (result.failure().isPresent()) {
      out.println("FAILED  " + result.failure().get().message());
      out.println("        " + result.failure().get().code().hint());
    } else {
      out.println(identical ? "COMPLETED" : "COMPLETED, and yet the partner's file differs");
    }
    result.warnings().forEach(warning -> out.println("        " + warning));
    out.println();
    files(out);
    if (isSuccess()) {
      next(out);
    }
  }

  private void packed(PrintWriter out, PackedMessage message) {
    line(out, "file", Sizes.of(message.fileBytes()) + ", " + message.contentType());
    line(out, "packed", String.join(", then ", message.layers()));
    line(out, "names", message.as2From() + " to " + message.as2To());
  }

  private void sent(PrintWriter out, Attempt attempt) {
    Duration write = attempt.timings().write();
    String speed =
        result
            .message()
            .filter(m -> m.fileBytes() >= WORTH_A_SPEED)
            .map(m -> ", " + Sizes.speed(m.fileBytes(), write) + " of the file")
            .orElse("");
    // An attempt that broke off before its end has no time of writing.
    String time = write.isZero() ? "" : " in " + Sizes.seconds(write) + speed;
    line(out, "sent", Sizes.of(attempt.bytesSent()) + time);
    Optional<Integer> status = attempt.httpStatus();
    if (status.isPresent()) {
      Duration wait = attempt.timings().pause().plus(attempt.timings().answer());
      line(out, "answer", "HTTP " + status.get() + " after " + Sizes.seconds(wait));
    }
  }

  private static void receipt(PrintWriter out, Receipt receipt) {
    line(out, "MDN", receipt.disposition());
    line(out, "", receipt.signed() ? "signed by the partner, verified" : "no valid signature");
    receipt
        .mic()
        .ifPresent(mic -> line(out, "MIC", mic + ": " + Outcome.meaning(receipt.micMatch())));
  }

  private void files(PrintWriter out) {
    result.files().json().ifPresent(path -> line(out, "record", beside(path).toString()));
    result.files().mdn().ifPresent(path -> line(out, "MDN", beside(path).toString()));
    if (Files.exists(received)) {
      line(out, "received", received + (identical ? " (identical)" : ""));
    }
  }

  private Path beside(FilePath path) {
    return source.resolveSibling(path.name());
  }

  private void next(PrintWriter out) {
    out.println();
    out.println("Try next:");
    String as2 = quoted(Path.of(System.getProperty(COMMAND, "as2")));
    out.println("  " + as2 + " demo FILE    with a file of yours, of any size");
    result
        .files()
        .mdn()
        .ifPresent(mdn -> {
          out.println("  " + as2 + " mdn verify " + quoted(beside(mdn)) + " \\");
          out.println("      --certificate " + quoted(demo.partnerCertificate()));
        });
    out.println(
        "  "
            + as2
            + " connector show "
            + DemoState.CONNECTOR
            + " --config "
            + quoted(demo.config()));
  }

  /** As a shell takes it. */
  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9@%+=:,./_-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static void line(PrintWriter out, String name, String text) {
    out.printf(Locale.ROOT, "  %-10s %s%n", name, text);
  }
}
