package dev.as2.benchmarks;

import dev.as2.benchmarks.contender.Contender;
import dev.as2.benchmarks.contender.Setup;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The S3 server's limit: a contender that reads the object of the file's name and forgets it. What
 * it is asked for the first time it puts there before.
 */
final class S3Get {
  private static final int BLOCK_BYTES = 256 << 10;

  private final S3Client client;
  private final Set<Path> there = ConcurrentHashMap.newKeySet();

  private S3Get(Setup setup) {
    client =
        S3Client.builder()
            .endpointOverride(setup.option("s3").map(URI::create).orElseThrow())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(S3Peer.CREDENTIALS)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .build();
    client.createBucket(request -> request.bucket(OurEngine.BUCKET));
  }

  /** Arguments: a contender's, and {@code s3=} the endpoint. */
  public static void main(String[] arguments) throws IOException {
    Contender.blocking(
        arguments,
        setup -> {
          S3Get get = new S3Get(setup);
          return get::read;
        });
  }

  private void read(Path file) throws IOException {
    String key = file.getFileName().toString();
    if (there.add(file)) {
      client.putObject(
          request -> request.bucket(OurEngine.BUCKET).key(key), RequestBody.fromFile(file));
    }
    byte[] block = new byte[BLOCK_BYTES];
    long read = 0;
    try (InputStream object =
        client.getObject(request -> request.bucket(OurEngine.BUCKET).key(key))) {
      for (int count = object.read(block); count >= 0; count = object.read(block)) {
        read += count;
      }
    }
    if (read != Files.size(file)) {
      throw new IOException(key + " has " + read + " bytes");
    }
  }
}
