/**
 * MIME entities that write themselves, and the S/MIME layers (compressed-data, multipart/signed,
 * enveloped-data) out and in, as streams (RFC 8551, RFC 5652, RFC 3274).
 *
 * <p>Start at {@link dev.as2.mime.Entity}. Nothing here knows AS2, opens a file or a socket, or
 * holds a whole message; sizes are in bytes.
 */
@NullMarked
package dev.as2.mime;

import org.jspecify.annotations.NullMarked;
