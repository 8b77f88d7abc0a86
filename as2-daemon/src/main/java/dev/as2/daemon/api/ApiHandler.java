package dev.as2.daemon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Handler;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.SecretKeys;
import dev.as2.daemon.state.Transfers;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * AWS Transfer Family's API for AS2 connectors (version 2018-11-05): {@code POST /} in AWS JSON
 * 1.1, signed with AWS Signature Version 4. Agreements are not among its operations.
 *
 * <p>Answers every request, with AWS's errors where it has to; only a body that breaks off is an
 * {@link IOException}. Safe for use by several threads; a call blocks until its effect is durable.
 */
public final class ApiHandler implements As2Handler {
  private static final String TARGET = "TransferService.";

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final RequestBodies bodies = new RequestBodies();
  private final SignatureCheck signatures;
  private final CallRates rates;
  private final Operations operations;
  private final Answers answers;

  public ApiHandler(Parts parts) {
    signatures = new SignatureCheck(parts.keys(), parts.clock(), parts.random());
    rates = new CallRates(parts.quotas().callsPerSecond());
    operations = new Operations(parts);
    answers = new Answers(parts.clock());
  }

  /**
   * What the API works on.
   *
   * @param keys who may call
   * @param probe for TestConnection
   * @param random for ids: cannot be foretold
   * @param region of ARNs, such as {@code us-east-1}
   * @param account of ARNs: twelve digits
   */
  public record Parts(
      Resources resources,
      Transfers transfers,
      SecretKeys keys,
      ConnectionProbe probe,
      Clock clock,
      RandomGenerator random,
      String region,
      String account,
      Quotas quotas) {
    /**
     * @throws IllegalArgumentException where region or account are not of AWS's form
     */
    public Parts {
      if (!region.matches("[a-z0-9-]{1,64}")) {
        throw new IllegalArgumentException("region is not such as us-east-1: '" + region + "'");
      }
      if (!account.matches("[0-9]{12}")) {
        throw new IllegalArgumentException("account is not twelve digits: '" + account + "'");
      }
    }
  }

  @Override
  public Answer handle(Request request) throws IOException {
    byte[] body;
    try {
      if (!request.method().equals("POST") || !request.path().equals("/")) {
        throw unknown("Only POST / is answered here.");
      }
      body = bodies.read(request.body());
    } catch (ApiException e) {
      return answers.failure(e);
    }
    try {
      return answers.success(run(request, body));
    } catch (ApiException e) {
      return answers.failure(e);
    } catch (IOException e) {
      return answers.unavailable(e);
    } catch (RuntimeException e) {
      return answers.broken(e);
    }
  }

  private Optional<ObjectNode> run(Request request, byte[] body) throws ApiException, IOException {
    String accessKeyId = signatures.signer(request, body);
    rates.count(accessKeyId);
    String name = operation(request);
    Optional<Operation> operation = operations.find(name);
    if (operation.isEmpty()) {
      throw unknown("There is no operation " + Validation.quoted(name) + ".");
    }
    ObjectNode members = members(body);
    Validation.check(Shapes.request(name), members);
    return operation.get().run(new Call(name, members, accessKeyId));
  }

  private static String operation(Request request) throws ApiException {
    String type = request.headers().joined("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.split(";", 2)[0].strip().equals(Answers.CONTENT_TYPE)) {
      throw unknown("Content-Type is not " + Answers.CONTENT_TYPE + ".");
    }
    String target = request.headers().joined("X-Amz-Target").orElse("");
    if (!target.startsWith(TARGET)) {
      throw unknown("X-Amz-Target does not begin with " + TARGET);
    }
    return target.substring(TARGET.length());
  }

  private static ApiException unknown(String sentence) {
    return new ApiException(ErrorCode.UNKNOWN_OPERATION, sentence);
  }

  private static ObjectNode members(byte[] body) throws ApiException, IOException {
    JsonNode node;
    try {
      node = STRICT.readTree(body);
    } catch (JsonProcessingException e) {
      // Without the parser's own words: they may quote what stands there, and that may be a key.
      throw new ApiException(ErrorCode.SERIALIZATION, "The request is not JSON.");
    }
    if (node instanceof ObjectNode members) {
      return members;
    }
    throw new ApiException(ErrorCode.SERIALIZATION, "The request is not a JSON object.");
  }
}
