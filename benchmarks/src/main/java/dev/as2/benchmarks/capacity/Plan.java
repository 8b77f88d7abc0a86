package dev.as2.benchmarks.capacity;

/**
 * One database with its daemons, and what comes to them.
 *
 * @param rate messages a second
 * @param daemons how many
 * @param cores of each daemon
 * @param databaseCores of the database's server
 * @param connectors how many, of equal rates
 * @param cpu seconds of a daemon's CPU for one message
 */
record Plan(double rate, int daemons, int cores, int databaseCores, int connectors, double cpu) {

  /** The same with other daemons. */
  Plan with(int otherDaemons) {
    return new Plan(rate, otherDaemons, cores, databaseCores, connectors, cpu);
  }
}
