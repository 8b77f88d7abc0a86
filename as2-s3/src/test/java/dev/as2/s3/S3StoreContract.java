package dev.as2.s3;

import dev.as2.core.FileStore;
import dev.as2.core.FileStoreContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a server that runs as long as the class does, with a bucket for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3StoreContract extends FileStoreContract {
  private final AtomicInteger buckets = new AtomicInteger();
  private S3Server server;
  private S3FileStore store;
  private String bucket;

  /** Starts the server of this class. */
  abstract S3Server start(Path folder) throws Exception;

  @BeforeAll
  void startServer(@TempDir Path folder) throws Exception {
    server = start(folder);
    store = server.store().build();
  }

  @AfterAll
  void stopServer() {
    store.close();
    server.close();
  }

  @BeforeEach
  void makeBucket() {
    bucket = "bucket-" + buckets.incrementAndGet();
    server.makeBucket(bucket);
  }

  final S3Server server() {
    return server;
  }

  @Override
  protected final FileStore store() {
    return store;
  }

  @Override
  protected final String bucket() {
    return bucket;
  }
}
