/**
 * AS2 (RFC 4130): the vocabulary, packing, MDNs and their reconciliation, outcomes, and {@link
 * dev.as2.core.ConnectorRuntime}, which takes one stored file end to end.
 *
 * <p>Vocabulary types are immutable and safe to share between threads. Sizes are in bytes and times
 * are {@link java.time.Duration}s and {@link java.time.Instant}s. Files are reached through {@link
 * dev.as2.core.FileStore} and partners through {@link dev.as2.core.As2Client} only.
 */
@NullMarked
package dev.as2.core;

import org.jspecify.annotations.NullMarked;
