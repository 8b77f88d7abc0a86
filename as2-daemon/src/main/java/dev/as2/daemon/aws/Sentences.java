package dev.as2.daemon.aws;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What went wrong with a file, as a sentence: the JDK's own messages are often a bare path. */
public final class Sentences {
  private Sentences() {}

  /** What is wrong, in one sentence. */
  public static String of(IOException fault) {
    if (!(fault instanceof FileSystemException file)) {
      return ended(message(fault));
    }
    if (fault instanceof NoSuchFileException) {
      return "There is no " + file.getFile() + ".";
    } else if (fault instanceof AccessDeniedException) {
      return "Access to " + file.getFile() + " is denied.";
    } else if (fault instanceof FileAlreadyExistsException) {
      return file.getFile() + " is there already.";
    } else if (fault instanceof NotDirectoryException) {
      return file.getFile() + " is not a folder.";
    }
    return ended(message(file));
  }

  /** What a fault says of itself, or at least what it is. */
  public static String message(Throwable fault) {
    String message = fault.getMessage();
    return message == null ? fault.toString() : message;
  }

  /**
   * All of a small file that a user names.
   *
   * @throws IllegalArgumentException where it is a folder, which the JDK says less clearly
   */
  public static byte[] octets(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a folder, not a file");
    }
    return Files.readAllBytes(file);
  }

  /** With a full stop at the end. */
  public static String ended(String sentence) {
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }
}
