package dev.as2.daemon.stores;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
import dev.as2.core.StoredFile;
import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One store made of several: each bucket is in the store that its name, or else {@code *}, stands
 * for. Safe for use by several threads where those are.
 */
public final class Stores implements FileStore {
  /** Stands for all buckets that are not named. */
  public static final String ANY = "*";

  private final Map<String, Place> places;

  /**
   * Where a bucket is.
   *
   * @param store the store that has it
   * @param bucket what it is called there
   */
  public record Place(FileStore store, String bucket) {}

  /**
   * @param places by the names that paths have; under {@link #ANY} the bucket's own name is used
   */
  public Stores(Map<String, Place> places) {
    this.places = Map.copyOf(places);
  }

  /** These stores and one more bucket. */
  public Stores plus(String bucket, FileStore store) {
    Map<String, Place> more = new HashMap<>(places);
    more.put(bucket, new Place(store, bucket));
    return new Stores(more);
  }

  /** Whether a bucket is in one of these stores. */
  public boolean has(String bucket) {
    return names(bucket) || names(ANY);
  }

  /** Whether a bucket is among them by its own name. */
  public boolean names(String bucket) {
    return places.containsKey(bucket);
  }

  private Place place(String bucket) throws As2Exception {
    Place named = places.get(bucket);
    if (named != null) {
      return named;
    }
    Place any = places.get(ANY);
    if (any == null) {
      throw new As2Exception(
          FailureCode.PATH_NOT_FOUND,
          "No store is configured for bucket " + bucket + ", and none for *.");
    }
    return new Place(any.store(), bucket);
  }

  private static FilePath inside(Place place, FilePath path) {
    return new FilePath(place.bucket(), path.key());
  }

  private static StoredFile named(StoredFile file, String bucket) {
    return new StoredFile(
        new FilePath(bucket, file.path().key()),
        file.length(),
        file.version(),
        file.modified(),
        file.contentType());
  }

  @Override
  public StoredFile stat(FilePath path) throws IOException {
    Place place = place(path.bucket());
    return named(place.store().stat(inside(place, path)), path.bucket());
  }

  @Override
  public StoredFile stat(FilePath path, String version) throws IOException {
    Place place = place(path.bucket());
    return named(place.store().stat(inside(place, path), version), path.bucket());
  }

  @Override
  public InputStream open(StoredFile file, long offset) throws IOException {
    Place place = place(file.path().bucket());
    return place.store().open(named(file, place.bucket()), offset);
  }

  @Override
  public void write(FilePath path, Content content, String contentType) throws IOException {
    Place place = place(path.bucket());
    place.store().write(inside(place, path), content, contentType);
  }

  @Override
  public boolean writeIfAbsent(FilePath path, Content content, String contentType)
      throws IOException {
    Place place = place(path.bucket());
    return place.store().writeIfAbsent(inside(place, path), content, contentType);
  }

  @Override
  public void delete(FilePath path) throws IOException {
    Place place = place(path.bucket());
    place.store().delete(inside(place, path));
  }

  @Override
  public List<StoredFile> list(String bucket, String prefix, int limit) throws IOException {
    Place place = place(bucket);
    return place.store().list(place.bucket(), prefix, limit).stream()
        .map(file -> named(file, bucket))
        .toList();
  }
}
