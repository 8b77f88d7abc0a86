package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.TransferException;

/** Any call by the SDK's own types, from its members in JSON. */
final class SdkCall {
  private static final String MODEL = "software.amazon.awssdk.services.transfer.model.";

  private SdkCall() {}

  /**
   * Makes a call that is to fail.
   *
   * @return the error; empty where this SDK does not have a member that the request has
   */
  static Optional<TransferException> failure(
      TransferClient client, String operation, JsonNode members)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(MODEL + operation + "Request");
    SdkPojo builder = (SdkPojo) type.getMethod("builder").invoke(null);
    if (!fill(builder, members)) {
      return Optional.empty();
    }
    String name = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
    Method call = TransferClient.class.getMethod(name, type);
    try {
      call.invoke(client, built(builder));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof TransferException failure) {
        return Optional.of(failure);
      }
      throw e;
    }
    throw new AssertionError(operation + " did not fail: " + members);
  }

  private static Object built(SdkPojo builder) throws ReflectiveOperationException {
    Method build = builder.getClass().getMethod("build");
    build.setAccessible(true); // public, in a class that is not
    return build.invoke(builder);
  }

  private static boolean fill(SdkPojo builder, JsonNode members)
      throws ReflectiveOperationException {
    int known = 0;
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode value = members.path(field.locationName());
      if (!value.isMissingNode()) {
        known++;
        Optional<Object> made = value(field, value);
        if (made.isEmpty()) {
          return false;
        }
        field.set(builder, made.get());
      }
    }
    return known == members.size();
  }

  private static Optional<Object> value(SdkField<?> field, JsonNode value)
      throws ReflectiveOperationException {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      SdkPojo builder = field.constructor().get();
      return fill(builder, value) ? Optional.of(built(builder)) : Optional.empty();
    } else if (type == MarshallingType.LIST) {
      SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
      List<Object> all = new ArrayList<>();
      for (JsonNode each : value) {
        Optional<Object> made = value(element, each);
        if (made.isEmpty()) {
          return Optional.empty();
        }
        all.add(made.get());
      }
      return Optional.of(all);
    } else if (type == MarshallingType.INSTANT) {
      return Optional.of(Instant.ofEpochSecond(value.asLong()));
    } else if (type == MarshallingType.INTEGER) {
      return Optional.of(value.asInt());
    }
    return Optional.of(value.asText());
  }
}
