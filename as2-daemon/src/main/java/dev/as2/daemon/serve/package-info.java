/**
 * {@code as2 serve}: configuration, what it is made of, and how it is watched over.
 *
 * <p>Start at {@link dev.as2.daemon.serve.Daemon}.
 */
@NullMarked
package dev.as2.daemon.serve;

import org.jspecify.annotations.NullMarked;
