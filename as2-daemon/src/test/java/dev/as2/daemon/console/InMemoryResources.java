package dev.as2.daemon.console;

import dev.as2.daemon.state.Resources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Resources that end with the test. */
final class InMemoryResources implements Resources {
  /** All that ever were, in the order of their creation; deleted ones are empty. */
  private final List<String> order = new ArrayList<>();

  private final Map<String, Resource> byId = new HashMap<>();
  private final Map<String, byte[]> keys = new HashMap<>();

  private static Resource copy(Resource of) {
    return new Resource(of.kind(), of.id(), of.members().deepCopy(), of.tags());
  }

  @Override
  public synchronized void create(Resource resource, Optional<byte[]> privateKey) {
    if (order.contains(resource.id())) {
      throw new IllegalStateException(resource.id() + " is there already");
    }
    order.add(resource.id());
    byId.put(resource.id(), copy(resource));
    privateKey.ifPresent(key -> keys.put(resource.id(), key));
  }

  @Override
  public synchronized Optional<Resource> find(Kind kind, String id) {
    return Optional.ofNullable(byId.get(id))
        .filter(each -> each.kind() == kind)
        .map(InMemoryResources::copy);
  }

  @Override
  public synchronized <X extends Exception> Optional<Resource> update(
      Kind kind, String id, Change<X> change) throws IOException, X {
    Optional<Resource> before = find(kind, id);
    if (before.isEmpty()) {
      return before;
    }
    Resource after = change.apply(before.get());
    byId.put(id, copy(after));
    return Optional.of(after);
  }

  @Override
  public synchronized boolean delete(Kind kind, String id) {
    boolean found = find(kind, id).isPresent();
    if (found) {
      byId.remove(id);
      keys.remove(id);
    }
    return found;
  }

  @Override
  public synchronized List<Resource> list(Kind kind, Optional<String> after, int limit) {
    int from = after.map(id -> order.indexOf(id) + 1).orElse(0);
    return order.subList(from, order.size()).stream()
        .flatMap(id -> find(kind, id).stream())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int count(Kind kind) {
    return (int) byId.values().stream().filter(each -> each.kind() == kind).count();
  }

  @Override
  public synchronized Set<String> withPrivateKey(Set<String> certificateIds) {
    Set<String> found = new TreeSet<>(certificateIds);
    found.retainAll(keys.keySet());
    return found;
  }

  @Override
  public synchronized Optional<byte[]> privateKey(String certificateId) {
    return Optional.ofNullable(keys.get(certificateId));
  }
}
