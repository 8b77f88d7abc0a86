/**
 * Tests anybody's AS2 endpoint, and says what it does wrong and where the standard says so.
 *
 * <p>{@link dev.as2.conformance.ConformanceRun} tests a receiver with the scenarios of {@link
 * dev.as2.conformance.Catalogue}.
 */
@NullMarked
package dev.as2.conformance;

import org.jspecify.annotations.NullMarked;
