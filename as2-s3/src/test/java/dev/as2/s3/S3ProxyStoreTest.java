package dev.as2.s3;

import java.nio.file.Path;

class S3ProxyStoreTest extends S3StoreContract {
  @Override
  S3Server start(Path folder) throws Exception {
    return S3Server.startS3Proxy(folder);
  }
}
