package dev.as2.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.TransferException;

class ShapeViolationsTest {
  private static final String TABLE = "/vectors/shape-violations.csv";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static StateFolder state;
  private static ApiServer api;
  private static TransferClient sdk;
  private static JsonNode requests;

  @BeforeAll
  static void start() throws IOException {
    state = new StateFolder();
    api = ApiServer.over(state);
    sdk = api.sdk();
    requests = read("/vectors/api-requests.json");
  }

  @AfterAll
  static void stop() throws IOException {
    sdk.close();
    api.close();
    state.close();
  }

  private static JsonNode read(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ShapeViolationsTest.class.getResourceAsStream(resource))) {
      return JSON.readTree(in);
    }
  }

  @ParameterizedTest(name = "{0} {1} {4}")
  @CsvFileSource(
      resources = TABLE,
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1,
      maxCharsPerColumn = 10_000)
  void saysWhatViolatesAConstraintInTheWordsOfAws(
      String operation,
      String member,
      String value,
      String shape,
      String constraint,
      String violations,
      @Nullable String secret)
      throws Exception {
    ObjectNode request = requests.path(operation).deepCopy();
    JsonNode bad = value(value);
    put(request, member, bad);
    String expected = sentence(member, bad, List.of(violations.split(" & ")), secret != null);

    ApiServer.Reply reply = api.call(operation, Json.line(request));

    assertThat(reply.type()).isEqualTo("ValidationException");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).isEqualTo(expected);
    Optional<TransferException> bySdk = SdkCall.failure(sdk, operation, request);
    if (bySdk.isPresent()) {
      assertThat(bySdk.get().awsErrorDetails().errorCode()).isEqualTo("ValidationException");
      assertThat(bySdk.get().awsErrorDetails().errorMessage()).isEqualTo(expected);
    }
  }

  /** JSON; {@code xN} is a text of N characters, {@code listN} a list of N elements. */
  private static JsonNode value(String text) throws IOException {
    if (text.startsWith("x")) {
      return JSON.getNodeFactory().textNode("x".repeat(Integer.parseInt(text.substring(1))));
    } else if (text.startsWith("list")) {
      ArrayNode many = JSON.createArrayNode();
      for (int i = 0; i < Integer.parseInt(text.substring(4)); i++) {
        many.addNull();
      }
      return many;
    }
    return JSON.readTree(text);
  }

  private static void put(ObjectNode request, String member, JsonNode value) {
    String[] names = member.split("\\.");
    JsonNode parent = request;
    for (int i = 0; i < names.length - 1; i++) {
      parent = names[i].equals("1") ? parent.get(0) : parent.get(names[i]);
    }
    String last = names[names.length - 1];
    if (parent instanceof ArrayNode list) {
      list.set(0, value);
    } else if (value.isNull()) {
      ((ObjectNode) parent).remove(last);
    } else if (value instanceof ArrayNode many && !many.isEmpty()) {
      // As many as the row wants of what is there.
      JsonNode one = parent.get(last).get(0);
      for (int i = 0; i < many.size(); i++) {
        many.set(i, one);
      }
      ((ObjectNode) parent).set(last, many);
    } else {
      ((ObjectNode) parent).set(last, value);
    }
  }

  private static String sentence(
      String member, JsonNode bad, List<String> violations, boolean isSecret) {
    boolean isElement = member.endsWith(".1");
    List<String> place = new ArrayList<>();
    for (String name : member.split("\\.")) {
      place.add(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
    }
    String path = String.join(".", place).replaceAll("\\.1$", "").replace(".1.", ".1.member.");
    String quoted =
        isElement ? "[" + bad + "]" : bad.isTextual() ? bad.textValue() : bad.toString();
    if (quoted.length() > 200) {
      quoted = quoted.substring(0, 200) + "...";
    }
    String subject = bad.isNull() ? "Value null" : isSecret ? "Value" : "Value '" + quoted + "'";
    List<String> all =
        violations.stream()
            .map(each -> subject + " at '" + path + "' failed to satisfy constraint: " + each)
            .toList();
    return "%d validation error%s detected: %s"
        .formatted(all.size(), all.size() == 1 ? "" : "s", String.join("; ", all));
  }

  @Test
  void everyConstraintOfTheShapesIsViolatedOnce() throws IOException {
    Set<String> violated = new TreeSet<>();
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(TABLE))) {
      String rows = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      rows.lines()
          .skip(1)
          .map(row -> row.split("\\|"))
          .forEach(row -> violated.add(row[3] + " " + row[4]));
    }
    Set<String> constraints = new TreeSet<>();
    read("/dev/as2/daemon/api/shapes.json")
        .properties()
        .forEach(shape -> constraints(shape.getKey(), shape.getValue(), constraints));
    assertThat(violated).isEqualTo(constraints);
  }

  private static void constraints(String name, JsonNode shape, Set<String> all) {
    JsonNode length = shape.path("length");
    if (length.path(0).asInt() > 0) {
      all.add(name + " min");
    }
    if (length.has(1)) {
      all.add(name + " max");
    }
    if (shape.has("pattern")) {
      all.add(name + " pattern");
    }
    if (shape.has("values")) {
      all.add(name + " enum");
    }
    if (shape.has("range")) {
      all.add(name + " least");
      if (shape.path("range").path(1).asInt() < Integer.MAX_VALUE) {
        all.add(name + " most");
      }
    }
    shape
        .path("members")
        .properties()
        .forEach(member -> {
          if (member.getValue().asText().endsWith("!")) {
            all.add(name + " required " + member.getKey());
          }
        });
  }

  @Test
  void requestsWithoutViolationsPass() throws Exception {
    for (var each : requests.properties()) {
      ApiServer.Reply reply = api.call(each.getKey(), Json.line(each.getValue()));
      assertThat(reply.type())
          .as(each.getKey())
          .isNotIn("ValidationException", "SerializationException");
    }
  }

  @Test
  void countsAllViolationsAndQuotesSome() throws Exception {
    ObjectNode request = requests.path("CreateConnector").deepCopy();
    ArrayNode tags = request.putArray("Tags");
    for (int i = 0; i < 40; i++) {
      tags.addObject();
    }

    ApiServer.Reply reply = api.call("CreateConnector", Json.line(request));

    assertThat(reply.message())
        .startsWith(
            "80 validation errors detected: Value null at 'tags.1.member.key' failed to satisfy"
                + " constraint: Member must not be null; Value null at 'tags.1.member.value'")
        .endsWith("; and 60 more");
  }

  @Test
  void aPatternIsNotTriedOnWhatIsTooLong() throws Exception {
    ObjectNode request = requests.path("CreateConnector").deepCopy();
    request.put("AccessRole", "arn:" + "role/".repeat(500_000) + " ");

    ApiServer.Reply reply = api.call("CreateConnector", Json.line(request));

    assertThat(reply.message()).startsWith("1 validation error detected:").contains("2048");
  }
}
