package dev.as2.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.FailureCode;
import dev.as2.core.FilePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("large")
class S3ProxyStoreTest extends S3StoreContract {
  @Override
  S3Server start(Path folder) throws Exception {
    return S3Server.startS3Proxy(folder);
  }

  /** S3Proxy looks for the file first and writes it later, so that several writers may win. */
  @Override
  protected void assertOnlyOneWins(long winners) {
    assertThat(winners).isBetween(1L, 8L);
  }

  /** S3Proxy lists what it keeps of uploads that broke off, under names of its own. */
  @Override
  protected void assertLeftBehind(String file, List<String> keys) {
    assertThat(keys).contains(file);
    assertThat(keys.stream().filter(key -> !key.equals(file)))
        .isNotEmpty()
        .allMatch(key -> key.matches("(orders|other)\\.edi-[0-9a-f-]{36}"));
  }

  /** S3Proxy takes a file to be deleted already where there is no bucket for it to be in. */
  @Override
  protected void assertDeleteInAMissingBucket(FilePath path) throws IOException {
    store().delete(path);
    assertFails(FailureCode.PATH_NOT_FOUND, () -> store().stat(path));
  }

  /** S3Proxy sorts keys by their UTF-16 units. */
  @Override
  protected List<String> ordered(List<String> keysByOctets) {
    return keysByOctets.stream().sorted().toList();
  }
}
