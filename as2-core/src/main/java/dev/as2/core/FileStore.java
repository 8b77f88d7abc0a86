package dev.as2.core;

import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Where files to send lie and results are written: a local folder, S3, or memory in tests.
 *
 * <p>Implementations are safe for use by several threads. Calls block. A fault with a known reason
 * is an {@link As2Exception}: {@link FailureCode#SEND_FILE_NOT_FOUND}, {@link
 * FailureCode#PATH_NOT_FOUND} (no such bucket), {@link FailureCode#ACCESS_DENIED}, {@link
 * FailureCode#SOURCE_CHANGED}, {@link FailureCode#STORE_UNAVAILABLE}.
 */
public interface FileStore {
  /**
   * Describes a file, and pins the version that {@link #open} will read.
   *
   * @throws As2Exception {@code SEND_FILE_NOT_FOUND} where there is no such file
   */
  StoredFile stat(FilePath path) throws IOException;

  /**
   * Describes a file that is still the version which {@link #stat(FilePath)} or {@link #list} gave.
   *
   * @throws As2Exception {@code SOURCE_CHANGED} where it has become another, {@code
   *     SEND_FILE_NOT_FOUND} where there is none any more
   */
  default StoredFile stat(FilePath path, String version) throws IOException {
    StoredFile now = stat(path);
    if (!now.version().equals(version)) {
      throw LocalFaults.changed(path);
    }
    return now;
  }

  /**
   * Opens exactly the version that {@code file} describes.
   *
   * <p>The stream ends after {@code file.length() - offset} bytes, all of that version, or it
   * fails: {@code SOURCE_CHANGED} where the file has become another, on opening or on any read up
   * to and including the one that reports the end. Closing early is cheap.
   *
   * @param offset the first byte wanted, 0 to {@code file.length()}
   */
  InputStream open(StoredFile file, long offset) throws IOException;

  /**
   * Writes a file whole: a reader sees the old state or the new, nothing between. Missing folders
   * are made; a missing bucket is {@code PATH_NOT_FOUND}. Writing the same again is harmless.
   *
   * @param contentType kept by stores that keep content types
   */
  void write(FilePath path, Content content, String contentType) throws IOException;

  /**
   * As {@link #write}, where nothing is there yet.
   *
   * @return whether it was written; {@code false} where a file was there, which stays as it is
   */
  boolean writeIfAbsent(FilePath path, Content content, String contentType) throws IOException;

  /** Removes a file; nothing happens where there is none. */
  void delete(FilePath path) throws IOException;

  /**
   * The files of a bucket whose key begins with {@code prefix}, in the order of their keys' UTF-8
   * octets, at most {@code limit} of them.
   */
  List<StoredFile> list(String bucket, String prefix, int limit) throws IOException;
}
