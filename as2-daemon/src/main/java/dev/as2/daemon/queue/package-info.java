/**
 * Sends what was accepted: db-scheduler decides which daemon works for which connector, and one
 * {@link dev.as2.core.ConnectorRuntime} sends.
 *
 * <p>Start at {@link dev.as2.daemon.queue.SendQueue}.
 */
@NullMarked
package dev.as2.daemon.queue;

import org.jspecify.annotations.NullMarked;
