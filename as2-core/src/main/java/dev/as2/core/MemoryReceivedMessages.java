package dev.as2.core;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Received messages in memory: for receivers that may forget them when they end. Holds the answers
 * of at most {@link Limits#REMEMBERED_MESSAGES}, a few KiB each, and drops the oldest first. Safe
 * for use by several threads.
 */
public final class MemoryReceivedMessages implements ReceivedMessages {
  private final Map<MessageKey, Kept> kept = new LinkedHashMap<>();
  private final Map<MessageKey, Kept> undelivered = new LinkedHashMap<>();

  @Override
  public synchronized Optional<Kept> accepted(MessageKey key) {
    return Optional.ofNullable(kept.get(key)).filter(Kept::accepted);
  }

  @Override
  public synchronized Kept keep(Kept answer) {
    Optional<Kept> earlier = accepted(answer.key());
    if (earlier.isPresent()) {
      return earlier.get();
    }
    put(kept, answer);
    if (answer.deliverTo().isPresent()) {
      put(undelivered, answer);
    }
    return answer;
  }

  private static void put(Map<MessageKey, Kept> into, Kept answer) {
    into.remove(answer.key()); // so that it becomes the youngest
    if (into.size() == Limits.REMEMBERED_MESSAGES) {
      into.remove(into.keySet().iterator().next());
    }
    into.put(answer.key(), answer);
  }

  @Override
  public synchronized void delivered(MessageKey key) {
    undelivered.remove(key);
  }

  @Override
  public synchronized List<Kept> undelivered(int limit) {
    return undelivered.values().stream().limit(limit).toList();
  }

  @Override
  public synchronized void forget(Instant before) {
    kept.values().removeIf(answer -> answer.received().isBefore(before));
    undelivered.values().removeIf(answer -> answer.received().isBefore(before));
  }
}
