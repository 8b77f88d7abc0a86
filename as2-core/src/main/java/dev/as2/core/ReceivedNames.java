package dev.as2.core;

import dev.as2.core.SendResult.Status;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where what was received goes: {@code name.<messageId>.ext}, with {@code .mdn} and {@code .json}
 * after it, as AWS has it.
 *
 * @param folders the agreement's
 * @param messageId of the message
 */
record ReceivedNames(ReceiveFolders folders, MessageId messageId) {
  /** Ids up to this length stay as they are; longer ones are told apart by a digest. */
  private static final int ID_CHARACTERS = 100;

  private static final int DIGEST_CHARACTERS = 16;

  /** The longest that is added to a name. */
  private static final int SUFFIX_BYTES = ".json".length();

  /**
   * The name under which a file is stored: the last part of what its sender calls it, without what
   * file systems refuse, never hidden, and as much of it as they take.
   *
   * @param name as the sender calls it
   */
  static String safe(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String safe = last.replaceAll("[\\p{C}<>:\"|?*]", "_").strip();
    return ResultNames.shortened(
        safe.isEmpty() || safe.startsWith(".") ? "_" + safe : safe, Limits.FILE_NAME_BYTES);
  }

  /** A file under its sender's own name. */
  FilePath preserved(String senderName) {
    return folders.payload().file(safe(senderName));
  }

  /**
   * A file under a name that no other message has.
   *
   * @param index the place of the file in its message, 0 being the first
   */
  FilePath unique(Optional<String> senderName, int index) {
    return folders.payload().file(name(senderName, index, ""));
  }

  /** The record's place. */
  FilePath json(Optional<String> senderName, Status status) {
    FolderPath folder = status == Status.COMPLETED ? folders.status() : folders.failed();
    return folder.file(name(senderName, 0, ".json"));
  }

  /** The MDN's place. */
  FilePath mdn(Optional<String> senderName, Status status) {
    FolderPath folder = status == Status.COMPLETED ? folders.mdn() : folders.failed();
    return folder.file(name(senderName, 0, ".mdn"));
  }

  private String name(Optional<String> senderName, int index, String suffix) {
    String name = senderName.map(ReceivedNames::safe).orElse("");
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) + "." : name.isEmpty() ? "" : name + ".";
    String unique = id() + (index == 0 ? "" : "-" + (index + 1));
    int room = Limits.FILE_NAME_BYTES - unique.length() - SUFFIX_BYTES;
    String extension = ResultNames.shortened(dot > 0 ? name.substring(dot) : "", room / 2);
    return ResultNames.shortened(stem, room - bytes(extension)) + unique + extension + suffix;
  }

  /** The id, of which nothing is a path; two ids never become one. */
  private String id() {
    String safe = messageId.value().replaceAll("[^A-Za-z0-9@._+=-]", "_");
    if (safe.equals(messageId.value()) && safe.length() <= ID_CHARACTERS && !safe.startsWith(".")) {
      return safe;
    }
    String start = safe.substring(0, Math.min(safe.length(), ID_CHARACTERS / 2));
    String word = TextDigest.of(messageId.value()).substring(0, DIGEST_CHARACTERS);
    return "_" + start + "-" + word;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
