package dev.as2.daemon.state;

import dev.as2.core.As2Exception;
import dev.as2.daemon.state.ResourceRows.Changed;
import dev.as2.daemon.state.ResourceRows.Key;
import dev.as2.daemon.state.SqlResources.Loaded;
import dev.as2.daemon.state.SqlResources.News;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What resources were parsed to, until they are changed. The registry's version tells whether
 * anything was, and the rows that have a newer one tell what. Safe for use by several threads.
 */
final class ParsedResources {
  private final SqlResources resources;
  private final LongSupplier nanos;
  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

  /** The version whose changes no entry is older than; none yet where it is negative. */
  private volatile long known = -1;

  private volatile long askedAt;

  ParsedResources(SqlResources resources, LongSupplier nanos) {
    this.resources = resources;
    this.nanos = nanos;
  }

  /** What a resource was at a version. */
  private record Entry(Object value, long version) {}

  /** Makes the engine's form of what was read. */
  interface Parsing {
    Object parse(Key key, Loaded loaded) throws As2Exception;
  }

  Object look(Key key, Parsing parsing) throws IOException {
    version();
    Entry entry = entries.get(key);
    if (entry != null) {
      return entry.value();
    }
    Loaded loaded = resources.load(key);
    Object value = parsing.parse(key, loaded);
    keep(key, new Entry(value, loaded.version()));
    return value;
  }

  /** The registry's version, as fresh as anything that is looked up. */
  long version() throws IOException {
    if (!isFresh()) {
      refresh();
    }
    return known;
  }

  private boolean isFresh() {
    return known >= 0
        && resources.written() <= known
        && nanos.getAsLong() - askedAt < ResourceRegistry.FRESH.toNanos();
  }

  /** Forgets what was changed before it was called. */
  void refresh() throws IOException {
    long called = nanos.getAsLong();
    synchronized (this) {
      // Of those that wait for one who asks, the first asks for all others.
      if (known < 0 || resources.written() > known || askedAt - called <= 0) {
        ask();
      }
    }
  }

  private synchronized void ask() throws IOException {
    long asking = nanos.getAsLong();
    if (asking - askedAt > SqlResources.TRACE.dividedBy(2).toNanos()) {
      entries.clear(); // of what was deleted meanwhile no trace may be left
    }
    News news = resources.changedAfter(entries.isEmpty() ? Long.MAX_VALUE : known);
    for (Changed each : news.changed()) {
      Entry entry = entries.get(each.key());
      if (entry != null && entry.version() < each.version()) {
        entries.remove(each.key());
      }
    }
    known = news.version();
    askedAt = asking;
  }

  /** Not what was read before a change that {@link #refresh} has dealt with already. */
  private synchronized void keep(Key key, Entry entry) {
    if (entry.version() >= known) {
      if (entries.size() >= ServeLimits.CACHED_RESOURCES) {
        entries.clear();
      }
      entries.put(key, entry);
    }
  }
}
