package dev.as2.core;

import dev.as2.core.ConnectorOptions.ResultLayout;
import dev.as2.core.SendResult.Status;
import dev.as2.core.SendResult.Transfer;
import java.nio.charset.StandardCharsets;

/** Where the results of a transfer go: {@code name.<transferId>.<messageId>.ext.json} and .mdn. */
final class ResultNames {
  private ResultNames() {}

  /**
   * Makes sure that results can be named, whichever they will be.
   *
   * @throws As2Exception {@code INVALID_REQUEST} where the file's path leaves no room for them
   */
  static void check(Transfer transfer, ResultLayout layout) throws As2Exception {
    try {
      json(transfer, layout, Status.COMPLETED);
    } catch (IllegalArgumentException e) {
      throw new As2Exception(
          FailureCode.INVALID_REQUEST,
          "Results of %s cannot be named beside it: %s.".formatted(transfer.file(), e.getMessage()),
          e);
    }
  }

  /** The outcome record's place. */
  static FilePath json(Transfer transfer, ResultLayout layout, Status status) {
    return place(transfer, layout, status, ".json");
  }

  /** The partner's answer's place. */
  static FilePath mdn(Transfer transfer, ResultLayout layout, Status status) {
    return place(transfer, layout, status, ".mdn");
  }

  private static FilePath place(
      Transfer transfer, ResultLayout layout, Status status, String suffix) {
    String folder =
        switch (layout) {
          case BESIDE -> "";
          case FOLDERS -> status == Status.COMPLETED ? "processed/" : "failed/";
        };
    return transfer.file().sibling(folder + name(transfer, suffix));
  }

  private static String name(Transfer transfer, String suffix) {
    String name = transfer.file().name();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot) : "";
    String ids = "." + transfer.transferId() + "." + transfer.messageId();
    String unique = ids.replace('/', '_');
    int room = Limits.FILE_NAME_BYTES - unique.length() - suffix.length();
    String end = shortened(extension, room / 2);
    return shortened(stem, room - bytes(end)) + unique + end + suffix;
  }

  /** As much of the text as fits; ids must not be cut, as they make the name unique. */
  static String shortened(String text, int maxBytes) {
    String kept = text;
    while (kept.length() > 1 && bytes(kept) > maxBytes) {
      kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
    }
    return kept;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
