/**
 * What it takes to carry so many messages a second: measured costs, and a simulation of daemons over
 * their databases. Starts at {@link dev.as2.benchmarks.capacity.Capacity}.
 */
@NullMarked
package dev.as2.benchmarks.capacity;

import org.jspecify.annotations.NullMarked;
