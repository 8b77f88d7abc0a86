/**
 * What a daemon knows and must not lose: resources, keys and transfers, in SQLite or PostgreSQL.
 *
 * <p>Start at {@link dev.as2.daemon.state.Database}. All types are safe for use by several threads;
 * calls block, and a write returns when it is durable.
 */
@NullMarked
package dev.as2.daemon.state;

import org.jspecify.annotations.NullMarked;
