package dev.as2.daemon.stores;

import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
import dev.as2.core.StoredFile;
import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that is made when it is first used: an S3 client takes a second to load, and most
 * configurations with several stores use one. Safe for use by several threads.
 */
final class LazyStore<S extends FileStore> implements FileStore {
  private final Making<S> making;
  private @Nullable S made;

  LazyStore(Making<S> making) {
    this.making = making;
  }

  /** Makes the store, or says why it cannot be. */
  @FunctionalInterface
  interface Making<S> {
    S make() throws IOException;
  }

  /** The store itself. */
  synchronized S store() throws IOException {
    S store = made;
    if (store == null) {
      store = making.make();
      made = store;
    }
    return store;
  }

  @Override
  public StoredFile stat(FilePath path) throws IOException {
    return store().stat(path);
  }

  @Override
  public StoredFile stat(FilePath path, String version) throws IOException {
    return store().stat(path, version);
  }

  @Override
  public InputStream open(StoredFile file, long offset) throws IOException {
    return store().open(file, offset);
  }

  @Override
  public void write(FilePath path, Content content, String contentType) throws IOException {
    store().write(path, content, contentType);
  }

  @Override
  public boolean writeIfAbsent(FilePath path, Content content, String contentType)
      throws IOException {
    return store().writeIfAbsent(path, content, contentType);
  }

  @Override
  public void delete(FilePath path) throws IOException {
    store().delete(path);
  }

  @Override
  public List<StoredFile> list(String bucket, String prefix, int limit) throws IOException {
    return store().list(bucket, prefix, limit);
  }
}
