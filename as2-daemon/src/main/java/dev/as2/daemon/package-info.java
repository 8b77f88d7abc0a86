/**
 * The {@code as2} command: {@link dev.as2.daemon.As2Command} is its entry, each subcommand is a
 * class of its own, and {@code ConfigFolder} is where they find connectors, profiles and
 * certificates.
 */
@NullMarked
package dev.as2.daemon;

import org.jspecify.annotations.NullMarked;
