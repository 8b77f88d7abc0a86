package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.daemon.api.Shape.Listing;
import dev.as2.daemon.api.Shape.Member;
import dev.as2.daemon.api.Shape.Structure;
import dev.as2.daemon.api.Shape.Text;
import java.util.Map;

/** Whether values have the JSON types that their shapes want; AWS asks this before all else. */
final class JsonTypes {
  /** Beyond any certificate's, and far from where arithmetic with moments ends. */
  private static final double LAST_SECOND = 253_402_300_799.0; // 9999-12-31T23:59:59Z

  private JsonTypes() {}

  /**
   * @throws ApiException {@code SerializationException} naming the first member of a wrong type
   */
  static void check(Structure shape, JsonNode node) throws ApiException {
    structure(shape, node, "");
  }

  private static void structure(Structure shape, JsonNode node, String path) throws ApiException {
    for (Map.Entry<String, Member> each : shape.members().entrySet()) {
      JsonNode value = node.path(each.getKey());
      if (!value.isMissingNode() && !value.isNull()) {
        value(each.getValue().shape(), value, path + each.getKey());
      }
    }
  }

  private static void value(Shape shape, JsonNode value, String place) throws ApiException {
    if (shape instanceof Structure structure) {
      demand(value.isObject(), place, "a structure");
      structure(structure, value, place + ".");
    } else if (shape instanceof Listing listing) {
      demand(value.isArray(), place, "a list");
      int number = 0;
      for (JsonNode each : value) {
        value(listing.of(), each, place + "[" + number++ + "]");
      }
    } else if (shape instanceof Text) {
      demand(value.isTextual(), place, "a string");
    } else if (shape instanceof Shape.Number) {
      demand(value.isIntegralNumber(), place, "a whole number");
    } else {
      demand(
          value.isNumber() && Math.abs(value.doubleValue()) <= LAST_SECOND,
          place,
          "a time in seconds since 1970");
    }
  }

  private static void demand(boolean holds, String place, String wanted) throws ApiException {
    if (!holds) {
      throw new ApiException(ErrorCode.SERIALIZATION, place + " is not " + wanted + ".");
    }
  }
}
