/**
 * HTTP and TLS on Netty: {@link dev.as2.transport.NettyAs2Client}, the way to partners, and {@link
 * dev.as2.transport.NettyAs2Server}, the way in.
 *
 * <p>Event loops do TLS and HTTP framing and nothing else. Messages are written, and requests
 * handled, on threads of their own that may block; backpressure reaches them from the socket. Sizes
 * are in bytes and times are {@link java.time.Duration}s. Nothing outside this package touches
 * Netty.
 */
@NullMarked
package dev.as2.transport;

import org.jspecify.annotations.NullMarked;
