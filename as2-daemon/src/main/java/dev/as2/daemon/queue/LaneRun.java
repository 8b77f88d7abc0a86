package dev.as2.daemon.queue;

import dev.as2.core.ConnectorOptions.Pace;
import dev.as2.daemon.state.Lane;
import dev.as2.daemon.state.LaneLostException;
import dev.as2.daemon.state.Lanes;
import dev.failsafe.RateLimiter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One connector's turn in this daemon: takes its files, has them sent, and ends when nothing is
 * left, when its time is over and others wait, when the daemon stops, or when the lane is somebody
 * else's.
 *
 * <p>One thread runs it and mostly waits; others tell it what happened.
 */
final class LaneRun {
  private static final System.Logger LOG = System.getLogger(LaneRun.class.getName());

  /** How many files are taken at a time: one commit for all of them. */
  private static final int BATCH = 64;

  /** How often it looks for what other daemons' users did, and tries again what failed. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Lane lane;
  private final LaneContext context;
  private final long sliceEnds;
  private final Set<Flight> flights = new HashSet<>();

  /** Those of them that the partner took before: they end or rest again, and need no place. */
  private final Set<Flight> delivered = new HashSet<>();

  private Pace pace = Pace.DEFAULT;
  private RateLimiter<Object> rate = limiter(Pace.DEFAULT);
  private long paceRead = System.nanoTime() - LOOK.toNanos();
  private long adoptAt = System.nanoTime();
  private boolean adopting = true;
  private boolean woken;
  private boolean lost;

  LaneRun(Lane lane, LaneContext context) {
    this.lane = lane;
    this.context = context;
    this.sliceEnds = System.nanoTime() + context.settings().slice().toNanos();
  }

  private static RateLimiter<Object> limiter(Pace pace) {
    return RateLimiter.smoothBuilder(pace.maxPerSecond(), Duration.ofSeconds(1)).build();
  }

  /** What is to be done after a step. */
  private enum Next {
    /** Look again at once. */
    MORE,
    /** There is more, and no room for it, or no way to it at the moment. */
    WAIT,
    /** There is nothing to take. */
    NOTHING
  }

  /** Works until the turn is over. */
  void run() throws InterruptedException {
    context.slots().enter(this);
    try {
      Next next = Next.MORE;
      while (!isOver(next)) {
        if (next != Next.MORE) {
          await();
        }
        next = tried();
      }
    } finally {
      context.slots().exit(this);
    }
  }

  private synchronized boolean isOver(Next next) {
    boolean enough = context.isStopping() || (next == Next.NOTHING && !woken);
    return lost || (flights.isEmpty() && enough);
  }

  private synchronized void await() throws InterruptedException {
    long end = System.nanoTime() + LOOK.toNanos();
    for (long left = end - System.nanoTime(); left > 0 && !woken; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private Next tried() throws InterruptedException {
    synchronized (this) {
      woken = false; // what happens from here on is looked at in the next step
    }
    try {
      return step();
    } catch (LaneLostException e) {
      LOG.log(Level.WARNING, e.getMessage());
      lost();
      return Next.NOTHING;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "connector " + lane.connectorId() + " waits: " + e.getMessage());
      return Next.WAIT;
    }
  }

  private Next step() throws IOException, InterruptedException {
    retryEnds();
    if (context.isStopping()) {
      return Next.NOTHING;
    }
    readPace();
    adopt();
    cancelWhatIsAskedFor();
    if (System.nanoTime() - sliceEnds > 0 && context.othersWait()) {
      return Next.NOTHING;
    }
    Lanes.Work work = context.lanes().work(lane.connectorId());
    if (!work.queued() && !work.rested()) {
      return isAdopting() ? Next.WAIT : Next.NOTHING;
    }
    boolean some = work.rested() && takeRested();
    some |= work.queued() && takeSome();
    return some ? Next.MORE : Next.WAIT;
  }

  private void retryEnds() {
    for (Flight flight : flights()) {
      flight.unwritten().ifPresent(end -> context.flights().write(flight, end));
    }
  }

  private synchronized List<Flight> flights() {
    return List.copyOf(flights);
  }

  private void readPace() {
    if (System.nanoTime() - paceRead < LOOK.toNanos()) {
      return;
    }
    paceRead = System.nanoTime();
    Pace now = context.pace(lane.connectorId());
    if (!now.equals(pace)) {
      pace = now;
      rate = limiter(now);
    }
  }

  private synchronized boolean isAdopting() {
    return adopting;
  }

  /** Takes over what was under way before, and what was abandoned here since. */
  private void adopt() throws IOException, InterruptedException {
    if (!isToAdopt()) {
      return;
    }
    for (Lanes.Taken taken : taken(() -> context.lanes().adopt(lane))) {
      if (!flyOn(taken)) {
        context.slots().force(this);
        start(taken);
      }
    }
  }

  @FunctionalInterface
  private interface Taking {
    List<Lanes.Taken> take() throws IOException;
  }

  /** Where it fails, there may be files that are taken already: they are adopted later. */
  private List<Lanes.Taken> taken(Taking taking) throws IOException {
    boolean fresh = false;
    try {
      List<Lanes.Taken> files = taking.take();
      context.refresh().refresh(); // the connector may be another daemon's news, as the file is
      fresh = true;
      return files;
    } finally {
      if (!fresh) {
        adoptLater();
      }
    }
  }

  private synchronized boolean isToAdopt() {
    boolean due = adopting && System.nanoTime() - adoptAt >= 0;
    adopting = adopting && !due;
    return due;
  }

  private synchronized void adoptLater() {
    adopting = true;
    adoptAt = System.nanoTime() + LOOK.toNanos();
  }

  private void cancelWhatIsAskedFor() throws IOException {
    List<Flight> here = flights();
    if (!here.isEmpty()) {
      Set<?> asked = context.lanes().cancelling(lane.connectorId());
      here.stream().filter(flight -> asked.contains(flight.key())).forEach(Flight::cancel);
    }
  }

  /**
   * Takes as many files as there is room for.
   *
   * @return whether there was any
   */
  private boolean takeSome() throws IOException, InterruptedException {
    int room = Math.min(Math.min(BATCH, pace.maxPerSecond()), pace.maxConcurrent() - inFlight());
    int places = room <= 0 ? 0 : context.slots().take(this, room);
    if (places == 0) {
      return false;
    }
    List<Lanes.Taken> files = List.of();
    try {
      files = taken(() -> context.lanes().take(lane, places));
    } finally {
      context.slots().giveBack(this, places - files.size());
    }
    for (Lanes.Taken taken : files) {
      start(taken);
    }
    return !files.isEmpty();
  }

  private synchronized int inFlight() {
    return flights.size() - delivered.size();
  }

  /** Sends a file that has its place. */
  private void start(Lanes.Taken taken) throws InterruptedException {
    Flight flight = flight(taken);
    add(flight);
    if (!taken.cancelling()) {
      waitForItsTime();
    }
    context.flights().begin(flight, taken, context.runtime());
  }

  private Flight flight(Lanes.Taken taken) {
    return new Flight(taken.key(), taken.order().messageId(), lane, this);
  }

  /**
   * Takes files that have rested long enough. Nothing is sent for them: the connector's bounds and
   * the places are for what is sent. (Those adopted after a fault have a place all the same.)
   *
   * @return whether there was any, and room for it
   */
  private boolean takeRested() throws IOException {
    int room = BATCH - delivered();
    List<Lanes.Taken> files =
        room <= 0 ? List.of() : taken(() -> context.lanes().takeRested(lane, room));
    for (Lanes.Taken taken : files) {
      Flight flight = flight(taken);
      addDelivered(flight);
      context.flights().begin(flight, taken, context.runtime());
    }
    return !files.isEmpty();
  }

  private synchronized int delivered() {
    return delivered.size();
  }

  private synchronized void addDelivered(Flight flight) {
    flights.add(flight);
    delivered.add(flight);
  }

  /** A file that this very process sends already, for a lane that it had lost meanwhile. */
  private boolean flyOn(Lanes.Taken taken) {
    var here = context.flights().find(taken.order().messageId());
    here.ifPresent(flight -> {
      flight.moveTo(lane, this);
      if (add(flight)) {
        context.slots().force(this);
      }
    });
    return here.isPresent();
  }

  private synchronized boolean add(Flight flight) {
    return flights.add(flight);
  }

  private void waitForItsTime() throws InterruptedException {
    long ready = System.nanoTime() + rate.reservePermit().toNanos();
    synchronized (this) {
      for (long left = ready - System.nanoTime();
          left > 0 && !context.isStopping();
          left = ready - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }
  }

  /** Something happened: look again. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** A file has ended, or rests. */
  synchronized void landed(Flight flight) {
    if (flights.remove(flight) && !delivered.remove(flight)) {
      context.slots().giveBack(this, 1);
    }
    wake();
  }

  /** A file was left where it is: it is begun again. */
  synchronized void abandoned(Flight flight) {
    adoptLater();
    landed(flight);
  }

  /** The lane is somebody else's: what flies on here is refused when it ends. */
  synchronized void lost() {
    lost = true;
    wake();
  }
}
