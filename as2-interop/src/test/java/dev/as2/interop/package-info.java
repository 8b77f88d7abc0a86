/**
 * Tests against real AS2 servers, each in a JVM and on a class path of its own.
 *
 * <p>Start at {@link dev.as2.interop.Peers}, the extension that starts them once per run.
 */
@NullMarked
package dev.as2.interop;

import org.jspecify.annotations.NullMarked;
