package dev.as2.core;

import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.util.Locale;
import java.util.Set;

/** Headers that users add to messages: any but those that the engine itself is to write. */
final class ExtraHeaders {
  /** Headers that the engine itself writes, or that would change what a message means. */
  private static final Set<String> RESERVED =
      Set.of(
          "as2-from",
          "as2-to",
          "as2-version",
          "message-id",
          "date",
          "mime-version",
          "host",
          "connection",
          "expect",
          "keep-alive",
          "te",
          "upgrade",
          "trailer",
          "authorization",
          "proxy-authorization",
          "content-length",
          "content-type",
          "content-disposition",
          "content-transfer-encoding",
          "content-encoding",
          "transfer-encoding",
          "disposition-notification-to",
          "disposition-notification-options",
          "receipt-delivery-option",
          "ediint-features");

  private ExtraHeaders() {}

  /**
   * One of them.
   *
   * @throws IllegalArgumentException where the engine writes it, or it could not be sent as it is
   */
  static Header header(String name, String value) {
    check(name);
    return new Header(name, value);
  }

  private static void check(String name) {
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("header " + name + " is the engine's own to write");
    }
  }

  /**
   * Makes sure that these can be the extra headers of one order.
   *
   * @throws As2Exception {@code INVALID_REQUEST} where one is the engine's own, or there are too
   *     many
   */
  static void checkOrder(Headers headers) throws As2Exception {
    if (headers.lines().size() > Limits.ORDER_HEADERS
        || headers.toBytes().length > Limits.ORDER_HEADER_BYTES) {
      throw refused(
          "%s extra headers of %s bytes are more than %s or larger than %s bytes"
              .formatted(
                  headers.lines().size(),
                  headers.toBytes().length,
                  Limits.ORDER_HEADERS,
                  Limits.ORDER_HEADER_BYTES));
    }
    for (Header each : headers) {
      try {
        check(each.name());
      } catch (IllegalArgumentException e) {
        throw refused("The " + e.getMessage());
      }
    }
  }

  private static As2Exception refused(String why) {
    return new As2Exception(FailureCode.INVALID_REQUEST, why);
  }
}
