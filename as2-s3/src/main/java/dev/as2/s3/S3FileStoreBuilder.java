package dev.as2.s3;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * What an {@link S3FileStore} is made of; everything has a default. Not safe for several threads.
 */
public final class S3FileStoreBuilder {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
  private static final int MEBIBYTE = 1 << 20;
  private static final int HEAP_SHARE = 4;

  private @Nullable URI endpoint;
  private @Nullable Region region;
  private @Nullable AwsCredentialsProvider credentials;
  private S3Credentials.@Nullable Role role;
  private @Nullable URI stsEndpoint;
  private boolean pathStyle;
  private @Nullable ReadAhead shared;
  private long readAheadFrom = 16 * MEBIBYTE;
  private long readAheadBelow = 200_000_000;
  private int partBytes = 8 * MEBIBYTE;
  private int partsAhead = 8;
  private long readAheadBytes =
      Math.min(128 * MEBIBYTE, Runtime.getRuntime().maxMemory() / HEAP_SHARE);

  S3FileStoreBuilder() {}

  /** Where the server is, such as {@code http://127.0.0.1:9000}; by default AWS's own. */
  public S3FileStoreBuilder endpoint(URI value) {
    endpoint = value;
    return this;
  }

  /** By default the one that AWS's own tools find: environment, profile, instance. */
  public S3FileStoreBuilder region(String value) {
    region = Region.of(value);
    return this;
  }

  /** Puts the bucket into the path, not into the host name: servers other than AWS want that. */
  public S3FileStoreBuilder pathStyle() {
    pathStyle = true;
    return this;
  }

  /** By default AWS's own chain; the caller closes what it gives. */
  public S3FileStoreBuilder credentials(AwsCredentialsProvider value) {
    credentials = value;
    return this;
  }

  /**
   * The role that the credentials assume, and whose credentials then sign: a connector's {@code
   * AccessRole}.
   *
   * @param sessionName what AWS's log calls the session: 2 to 64 of letters, digits and {@code
   *     _=,.@-}
   */
  public S3FileStoreBuilder accessRole(String arn, String sessionName) {
    role = new S3Credentials.Role(arn, sessionName, Optional.empty());
    return this;
  }

  /** Where STS is, which roles are assumed at; by default AWS's own of the region. */
  public S3FileStoreBuilder stsEndpoint(URI value) {
    stsEndpoint = value;
    return this;
  }

  /**
   * Objects with at least so many bytes left to read may be read ahead, by several requests at
   * once; 16 MiB by default.
   */
  public S3FileStoreBuilder readAheadFrom(long bytes) {
    readAheadFrom = bytes;
    return this;
  }

  /**
   * They are read ahead where one connection gives fewer bytes per second than this; 200,000,000 by
   * default. S3 gives about 80 to 100 million, a server nearby much more, and requests cost CPU.
   */
  public S3FileStoreBuilder readAheadBelow(long bytesPerSecond) {
    readAheadBelow = bytesPerSecond;
    return this;
  }

  /** The bytes of a large object that one request asks for; 8 MiB by default. */
  public S3FileStoreBuilder partBytes(int bytes) {
    partBytes = bytes;
    return this;
  }

  /**
   * How many parts one stream fetches ahead and holds at most, beside the one that it reads from a
   * connection; 8 by default, and 0 reads every object with one request.
   */
  public S3FileStoreBuilder partsAhead(int count) {
    partsAhead = count;
    return this;
  }

  /**
   * The bytes that all streams of the store together fetch ahead and hold at most; by default 128
   * MiB, or a quarter of the largest heap where that is less. So many parts are as many connections
   * and threads.
   */
  public S3FileStoreBuilder readAheadBytes(long bytes) {
    readAheadBytes = bytes;
    return this;
  }

  /**
   * Reads ahead within the sizes, the bytes and the threads of another store, which is closed after
   * this one: for stores that differ in their role alone, so that many roles hold no more than one.
   */
  public S3FileStoreBuilder readAheadOf(S3FileStore other) {
    shared = other.ahead();
    return this;
  }

  /**
   * Makes the store; nothing is connected to yet.
   *
   * @throws As2Exception {@code INVALID_CONFIGURATION} where no region is set and none is found
   * @throws IllegalArgumentException where a size is negative or a part is empty
   */
  public S3FileStore build() throws As2Exception {
    try {
      return made();
    } catch (SdkClientException e) {
      // Its own message tells of each place that was looked at, over many lines.
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          "The S3 store has no region; set AWS_REGION, or the store's own.",
          e);
    }
  }

  private S3FileStore made() {
    S3Credentials signing = signing();
    S3ClientBuilder builder =
        configured(S3Client.builder())
            .httpClientBuilder(http())
            .credentialsProvider(signing)
            .forcePathStyle(pathStyle)
            // Checksums in trailers are new, and refused by most servers that are not AWS's.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    Optional.ofNullable(endpoint).ifPresent(builder::endpointOverride);
    S3Client client = builder.build();
    return shared == null
        ? S3FileStore.of(client, signing, readAhead())
        : S3FileStore.sharing(client, signing, shared);
  }

  private ReadAhead readAhead() {
    return new ReadAhead(
        new ReadAhead.Settings(
            readAheadFrom, readAheadBelow, partBytes, partsAhead, readAheadBytes));
  }

  private S3Credentials signing() {
    S3Credentials own = S3Credentials.of(Optional.ofNullable(credentials));
    return Optional.ofNullable(role)
        .map(assumed ->
            own.assume(
                new S3Credentials.Role(
                    assumed.arn(), assumed.sessionName(), Optional.ofNullable(stsEndpoint)),
                configured(StsClient.builder()).httpClientBuilder(http())))
        .orElse(own);
  }

  private <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
    Optional.ofNullable(region).ifPresent(builder::region);
    return builder.overrideConfiguration(options ->
        options.retryStrategy(RetryMode.STANDARD).addExecutionInterceptor(new SendAtOnce()));
  }

  private static SdkHttpClient.Builder<UrlConnectionHttpClient.Builder> http() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(READ_TIMEOUT);
  }
}
