/**
 * AWS Transfer Family's API for AS2: AWS JSON 1.1 with Signature Version 4, over what {@link
 * dev.as2.daemon.state} keeps.
 *
 * <p>Start at {@link dev.as2.daemon.api.ApiHandler}.
 */
@NullMarked
package dev.as2.daemon.api;

import org.jspecify.annotations.NullMarked;
