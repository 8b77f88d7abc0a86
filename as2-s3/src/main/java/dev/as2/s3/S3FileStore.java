package dev.as2.s3;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
import dev.as2.core.StoredFile;
import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Objects in S3, or in a server that speaks its protocol.
 *
 * <p>A version is an object's ETag, and its version id where the bucket keeps versions; reads are
 * pinned to it ({@code If-Match}), and go on where a connection broke. What a listing describes is
 * pinned by ETag alone and has no content type. Keys that no {@link FilePath} can have (with a
 * segment {@code ..}, with controls) are not listed.
 *
 * <p>A small object is read with one request, straight into the reader's array. A large one is too,
 * unless the connection turns out to be slow: then threads of the store fetch the next parts into
 * memory meanwhile, each with a request of its own. A stream holds so many parts at most, and all
 * streams of the store together so many bytes; where they are taken, nobody waits for them. Closing
 * a stream drops its parts: the request of one that is being fetched ends with the read that it is
 * in, when the server sends again or after the read timeout of 30 seconds, and its array is held
 * until then. {@link S3FileStoreBuilder} has the sizes.
 *
 * <p>A file is written with one request, so it may have 5 GiB at most. Whether write-if-absent is
 * atomic, and in which order keys are listed, is the server's doing: S3 itself keeps both promises.
 * A write-if-absent whose first answer was lost may find its own file and answer {@code false}.
 *
 * <p>Failed requests are repeated as the SDK's standard retry does, so a fault that arrives here
 * has outlived that. Safe for use by several threads; closing it ends what is being read.
 */
public final class S3FileStore implements FileStore, AutoCloseable {
  private static final int PAGE = 1000;

  private final S3Client client;
  private final ReadAhead ahead;
  private final List<SdkAutoCloseable> own;

  private S3FileStore(S3Client client, ReadAhead ahead, List<SdkAutoCloseable> own) {
    this.client = client;
    this.ahead = ahead;
    this.own = own;
  }

  static S3FileStore of(S3Client client, S3Credentials credentials, ReadAhead ahead) {
    return new S3FileStore(client, ahead, List.of(ahead::close, client, credentials));
  }

  /** A store that reads ahead with another one's means. */
  static S3FileStore sharing(S3Client client, S3Credentials credentials, ReadAhead ahead) {
    return new S3FileStore(client, ahead, List.of(client, credentials));
  }

  ReadAhead ahead() {
    return ahead;
  }

  /** The default: AWS's S3, with region and credentials where AWS's own tools find them. */
  public static S3FileStoreBuilder builder() {
    return new S3FileStoreBuilder();
  }

  @Override
  public StoredFile stat(FilePath path) throws IOException {
    return described(path, head(path, request -> {}));
  }

  /** A listing gives no version id, and its ETag alone pins what it describes. */
  @Override
  public StoredFile stat(FilePath path, String version) throws IOException {
    return described(path, head(path, S3Version.parse(version)::pin));
  }

  private static StoredFile described(FilePath path, HeadObjectResponse head) {
    return new StoredFile(
        path,
        head.contentLength(),
        S3Version.of(Optional.ofNullable(head.versionId()), head.eTag()).toString(),
        head.lastModified(),
        Optional.ofNullable(head.contentType()));
  }

  @Override
  public InputStream open(StoredFile file, long offset) throws IOException {
    if (offset < 0 || offset > file.length()) {
      throw new IllegalArgumentException("offset " + offset + " of " + file.length() + " bytes");
    }
    if (offset == file.length()) {
      head(file.path(), S3Version.parse(file.version())::pin); // there is no range of no bytes
      return InputStream.nullInputStream();
    }
    S3Reading reading = new S3Reading(client, file);
    Range range = new Range(offset, file.length());
    return ahead.isWorth(range.length())
        ? new ReadAheadStream(ahead, reading, offset)
        : S3ObjectStream.begin(reading, range);
  }

  @Override
  public void write(FilePath path, Content content, String contentType) throws IOException {
    put(path, content, request -> request.contentType(contentType));
  }

  @Override
  public boolean writeIfAbsent(FilePath path, Content content, String contentType)
      throws IOException {
    try {
      put(path, content, request -> request.contentType(contentType).ifNoneMatch("*"));
      return true;
    } catch (As2Exception e) {
      if (e.getCause() instanceof S3Exception answer
          && (answer.statusCode() == 412 || answer.statusCode() == 409)) {
        return false; // 409: another writer was at it
      }
      throw e;
    }
  }

  @Override
  public void delete(FilePath path) throws IOException {
    named(
        "delete",
        path.toString(),
        () -> client.deleteObject(request -> request.bucket(path.bucket()).key(path.key())));
  }

  @Override
  public List<StoredFile> list(String bucket, String prefix, int limit) throws IOException {
    if (limit < 0) {
      throw new IllegalArgumentException("limit < 0: " + limit);
    }
    if (limit == 0) {
      return List.of();
    }
    return named(
        "list",
        "bucket " + bucket,
        () ->
            client
                .listObjectsV2Paginator(
                    request -> request.bucket(bucket).prefix(prefix).maxKeys(Math.min(limit, PAGE)))
                .contents()
                .stream()
                .flatMap(object -> described(bucket, object))
                .limit(limit)
                .toList());
  }

  /** How many parts could be read ahead now. */
  int room() {
    return ahead.room();
  }

  @Override
  public void close() {
    own.forEach(SdkAutoCloseable::close);
  }

  private static Stream<StoredFile> described(String bucket, S3Object object) {
    try {
      FilePath path = new FilePath(bucket, object.key());
      String version = S3Version.of(Optional.empty(), object.eTag()).toString();
      return Stream.of(
          new StoredFile(path, object.size(), version, object.lastModified(), Optional.empty()));
    } catch (IllegalArgumentException e) {
      return Stream.empty(); // no path leads to such a key
    }
  }

  private HeadObjectResponse head(FilePath path, Consumer<HeadObjectRequest.Builder> more)
      throws As2Exception {
    try {
      return named(
          "read",
          path.toString(),
          () ->
              client.headObject(
                  request -> more.accept(request.bucket(path.bucket()).key(path.key()))));
    } catch (As2Exception e) {
      if (e.code() == FailureCode.SEND_FILE_NOT_FOUND) {
        checkBucket(path.bucket()); // an answer to HEAD does not say which of the two is missing
      }
      throw e;
    }
  }

  private void checkBucket(String bucket) throws As2Exception {
    try {
      client.headBucket(request -> request.bucket(bucket));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        throw new As2Exception(FailureCode.PATH_NOT_FOUND, "There is no bucket " + bucket, e);
      } // otherwise who may read its files may not look at the bucket: it is there
    } catch (SdkException e) {
      throw S3Faults.of(e, "look for", "bucket " + bucket);
    }
  }

  private void put(FilePath path, Content content, Consumer<PutObjectRequest.Builder> more)
      throws As2Exception {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(path.bucket())
            .key(path.key())
            .contentLength(content.length());
    more.accept(request);
    PutObjectRequest built = request.build();
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> opened(content), content.length(), built.contentType());
    try {
      named("write", path.toString(), () -> client.putObject(built, body));
    } catch (UncheckedIOException e) {
      throw new As2Exception(
          FailureCode.STORE_UNAVAILABLE,
          "Cannot write " + path + ": its content cannot be read",
          e);
    }
  }

  private static InputStream opened(Content content) {
    try {
      return content.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T named(String verb, String place, Supplier<T> call) throws As2Exception {
    try {
      return call.get();
    } catch (SdkException e) {
      throw S3Faults.of(e, verb, place);
    }
  }
}
