package dev.as2.core;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as HTTP, and so AS2's {@code Date}, has them (RFC 9110 §5.6.7). */
public final class HttpDate {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /** For example {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  public static String of(Instant instant) {
    return FORM.format(instant);
  }
}
