package dev.as2.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a file system's exceptions mean to a transfer. */
final class LocalFaults {
  private LocalFaults() {}

  /** Some work on files. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does {@code work}, and gives its faults a code and a sentence. */
  static <T> T named(String verb, FilePath path, Work<T> work) throws As2Exception {
    try {
      return work.run();
    } catch (IOException e) {
      throw of(e, verb, path);
    }
  }

  static As2Exception of(IOException fault, String verb, FilePath path) {
    if (fault instanceof As2Exception known) {
      return known;
    }
    if (fault instanceof AccessDeniedException) {
      return new As2Exception(
          FailureCode.ACCESS_DENIED,
          "Cannot " + verb + " " + path + ": the file system refuses access",
          fault);
    }
    if (fault instanceof NoSuchFileException) {
      return notFound(path);
    }
    return new As2Exception(
        FailureCode.STORE_UNAVAILABLE, "Cannot " + verb + " " + path + ": " + reason(fault), fault);
  }

  static As2Exception notFound(FilePath path) {
    return new As2Exception(FailureCode.SEND_FILE_NOT_FOUND, "There is no file " + path);
  }

  static As2Exception changed(FilePath path) {
    return new As2Exception(
        FailureCode.SOURCE_CHANGED, path + " is no longer the file that the transfer began with");
  }

  private static String reason(IOException fault) {
    // A FileSystemException's message is the name of a file on this machine; its reason is not.
    String reason =
        fault instanceof FileSystemException system ? system.getReason() : fault.getMessage();
    return reason == null ? fault.getClass().getSimpleName() : reason;
  }
}
