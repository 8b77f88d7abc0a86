package dev.as2.daemon;

import dev.as2.core.ConnectorListener;
import dev.as2.core.SendResult;
import java.util.HashMap;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on the error stream, over all files of a call together that have a mebibyte or
 * more; from the first octet on that is read. Safe for use by several threads.
 */
final class Progress implements ConnectorListener, AutoCloseable {
  /** Set by the launcher, which can ask; Java cannot. */
  private static final String TERMINAL = "as2.terminal";

  private static final long MIB = 1 << 20;

  private final Map<String, Long> done = new HashMap<>();
  private final Map<String, Long> totals = new HashMap<>();
  private @Nullable ProgressBar bar;
  private boolean closed;

  /** A bar where the error stream is a terminal; otherwise nothing is shown. */
  static Shown start() {
    if (!Boolean.getBoolean(TERMINAL)) {
      return new Shown(ConnectorListener.NONE, () -> {}, () -> {});
    }
    Progress progress = new Progress();
    return new Shown(progress, progress::clearLine, progress::close);
  }

  private synchronized void clearLine() {
    if (bar != null) {
      System.err.print("\r\u001B[2K");
      System.err.flush();
    }
  }

  /**
   * What shows progress, or does not.
   *
   * @param listener hears of it
   * @param clear makes room for a line of output; the bar comes again below it
   * @param end removes it from the screen
   */
  record Shown(ConnectorListener listener, Runnable clear, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  @Override
  public synchronized void progress(SendResult.Transfer transfer, long bytes, long total) {
    if (closed || bytes == 0 || total < MIB) {
      return; // over before anybody has read it
    }
    String message = transfer.messageId().value();
    done.put(message, bytes);
    totals.put(message, total);
    ProgressBar shown = bar == null ? newBar() : bar;
    bar = shown;
    shown.maxHint(sum(totals)).stepTo(sum(done));
  }

  private static ProgressBar newBar() {
    return new ProgressBarBuilder()
        .setTaskName("sending")
        .setUnit(" MiB", MIB)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .showSpeed()
        .clearDisplayOnFinish()
        .build();
  }

  private static long sum(Map<String, Long> bytes) {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
