/**
 * Measures whole sends: ours beside other products, and beside what the machine's ciphers, digests
 * and network allow. Each contender, each server and each baseline runs in a JVM of its own.
 */
@NullMarked
package dev.as2.benchmarks;

import org.jspecify.annotations.NullMarked;
