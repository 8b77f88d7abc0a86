/**
 * The console page: what a person sees of the daemon in a browser, and may do there.
 *
 * <p>Start at {@link dev.as2.daemon.console.ConsoleHandler}. The page itself is static: HTML, a
 * style sheet and modules, all from this jar; what it shows comes as JSON from below {@code
 * /console/}.
 */
@NullMarked
package dev.as2.daemon.console;

import org.jspecify.annotations.NullMarked;
