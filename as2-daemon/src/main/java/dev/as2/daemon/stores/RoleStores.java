package dev.as2.daemon.stores;

import dev.as2.core.FileStore;
import dev.as2.core.FileStores;
import dev.as2.core.Limits;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stores of a configuration under each role that connectors have. Those of a role are made once
 * and kept, for {@link Limits#ACCESS_ROLES} roles at most. Safe for use by several threads.
 */
public final class RoleStores implements FileStores {
  private final Map<String, Bucket> buckets;
  private final Map<Optional<String>, Stores> kept = new Kept();

  /** Where a bucket is for the holder of a role. */
  @FunctionalInterface
  interface Bucket {
    Stores.Place under(Optional<String> accessRole);
  }

  /** Those that were used last. What is dropped may go on being used, and holds no connections. */
  private static final class Kept extends LinkedHashMap<Optional<String>, Stores> {
    private static final long serialVersionUID = 1L;

    Kept() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Optional<String>, Stores> eldest) {
      return size() > Limits.ACCESS_ROLES;
    }
  }

  /**
   * @param buckets by the names that paths have, and {@link Stores#ANY}
   */
  RoleStores(Map<String, Bucket> buckets) {
    this.buckets = Map.copyOf(buckets);
  }

  @Override
  public Stores under(Optional<String> accessRole) {
    synchronized (kept) {
      return kept.computeIfAbsent(accessRole, this::made);
    }
  }

  private Stores made(Optional<String> accessRole) {
    Map<String, Stores.Place> places = new HashMap<>();
    buckets.forEach((name, bucket) -> places.put(name, bucket.under(accessRole)));
    return new Stores(places);
  }

  /** These stores and one more bucket, which knows no roles. */
  public RoleStores plus(String bucket, FileStore store) {
    Map<String, Bucket> more = new HashMap<>(buckets);
    more.put(bucket, role -> new Stores.Place(store, bucket));
    return new RoleStores(more);
  }
}
