package dev.as2.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.FailureCode;
import dev.as2.core.StoredFile;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

class S3MockStoreTest extends S3StoreContract {
  @Override
  S3Server start(Path folder) throws Exception {
    return S3Server.startS3Mock(folder);
  }

  /** S3Mock looks for the file first and writes it later, so that several writers may win. */
  @Override
  protected void assertOnlyOneWins(long winners) {
    assertThat(winners).isBetween(1L, 8L);
  }

  /** S3Mock overwrites the file that it is sending: what comes after the change is the new one. */
  @Override
  protected void assertIsAllOf(byte[] old, byte[] read) {
    assertThat(read).hasSameSizeAs(old);
    int beforeTheChange = 64 << 10;
    assertThat(Arrays.equals(read, 0, beforeTheChange, old, 0, beforeTheChange)).isTrue();
  }

  /** S3Mock sorts keys by their UTF-16 units. */
  @Override
  protected List<String> ordered(List<String> keysByOctets) {
    return keysByOctets.stream().sorted().toList();
  }

  /** S3Mock's web server takes no backslash in a path. */
  @Override
  protected Optional<FailureCode> refusal(String key) {
    return key.contains("\\") ? Optional.of(FailureCode.STORE_UNAVAILABLE) : Optional.empty();
  }

  @Test
  void readsAnOldVersionWhereTheBucketKeepsVersions() throws Exception {
    server()
        .administer(client ->
            client.putBucketVersioning(request ->
                request
                    .bucket(bucket())
                    .versioningConfiguration(
                        versions -> versions.status(BucketVersioningStatus.ENABLED))));
    StoredFile old = put("orders.edi", octets(70_000, 1));
    StoredFile now = put("orders.edi", octets(70_000, 2));
    assertThat(now.version()).isNotEqualTo(old.version());
    try (InputStream in = store().open(old, 35_000)) {
      assertThat(in.readAllBytes())
          .isEqualTo(Arrays.copyOfRange(octets(70_000, 1), 35_000, 70_000));
    }
    store().delete(old.path());
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store().stat(old.path()));
    try (InputStream in = store().open(now, 0)) {
      assertThat(in.readAllBytes()).isEqualTo(octets(70_000, 2));
    }
  }
}
