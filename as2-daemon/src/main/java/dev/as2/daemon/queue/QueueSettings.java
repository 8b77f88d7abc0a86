package dev.as2.daemon.queue;

import java.time.Duration;

/**
 * How a daemon works off its queue.
 *
 * @param messages how many messages may be under way at once, of all connectors together
 * @param lanes how many connectors may be worked for at once; each holds a thread that mostly waits
 * @param slice how long a connector keeps its lane while others wait for one
 * @param heartbeat how often the daemon says that it lives; what it does is taken over when four of
 *     these were missed, within six of them
 * @param poll how often the daemon looks for work that another one accepted or left
 * @param history how long a transfer is remembered after its end
 */
public record QueueSettings(
    int messages, int lanes, Duration slice, Duration heartbeat, Duration poll, Duration history) {
  /** Taken over within 30 s, and remembered for a week. */
  public static final QueueSettings DEFAULT =
      new QueueSettings(
          1_000,
          1_000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofDays(7));

  /**
   * @throws IllegalArgumentException where a number or a time is not positive
   */
  public QueueSettings {
    if (messages < 1 || lanes < 1) {
      throw new IllegalArgumentException("a queue that may send nothing");
    }
    for (Duration time : new Duration[] {slice, heartbeat, poll, history}) {
      if (time.isZero() || time.isNegative()) {
        throw new IllegalArgumentException("a time of the queue is not positive");
      }
    }
  }

  /** These settings with another rhythm: for tests that cannot wait half a minute. */
  public QueueSettings withRhythm(Duration newHeartbeat, Duration newPoll) {
    return new QueueSettings(messages, lanes, slice, newHeartbeat, newPoll, history);
  }
}
