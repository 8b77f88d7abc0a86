package dev.as2.daemon.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.SecretKeys;
import dev.as2.daemon.state.Transfers;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.transfer.TransferClient;

/** The API on a real server, and the clients that tests call it by. */
final class ApiServer implements AutoCloseable {
  static final String KEY = "AKIAEXAMPLE000000001";
  static final String SECRET = "secret/of+the/first/key";
  static final String REGION = "eu-central-1";
  static final String ACCOUNT = "123456789012";

  final SettableClock clock = new SettableClock();
  volatile CompletableFuture<Optional<String>> probed =
      CompletableFuture.completedFuture(Optional.empty());

  volatile RandomGenerator random = new SecureRandom();

  private final NettyAs2Server server;
  private final HttpClient http = HttpClient.newHttpClient();

  private ApiServer(Resources resources, Transfers transfers, SecretKeys keys, Quotas quotas)
      throws IOException {
    ApiHandler handler =
        new ApiHandler(
            new ApiHandler.Parts(
                resources,
                transfers,
                keys,
                this::probe,
                clock,
                () -> random.nextLong(),
                REGION,
                ACCOUNT,
                quotas));
    server =
        NettyAs2Server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler);
  }

  private static final SecretKeys ONE = id -> Optional.of(SECRET).filter(any -> id.equals(KEY));
  private static final Quotas MANY_CALLS = new Quotas(100, 1_000, 1_000, 100, 10_000);

  static ApiServer over(StateFolder state) throws IOException {
    return over(state, MANY_CALLS);
  }

  static ApiServer over(StateFolder state, Quotas quotas) throws IOException {
    return new ApiServer(state.resources(), state.transfers(), ONE, quotas);
  }

  static ApiServer over(StateFolder state, SecretKeys keys) throws IOException {
    return new ApiServer(state.resources(), state.transfers(), keys, MANY_CALLS);
  }

  static ApiServer over(Resources resources, Transfers transfers) throws IOException {
    return new ApiServer(resources, transfers, ONE, MANY_CALLS);
  }

  private CompletableFuture<Optional<String>> probe(ConnectorId connector) {
    return probed;
  }

  URI endpoint() {
    return URI.create("http://" + host() + "/");
  }

  String host() {
    return "127.0.0.1:" + server.address().getPort();
  }

  /** The SDK's client, which signs and reads errors as users' programs do. */
  TransferClient sdk() {
    return TransferClient.builder()
        .endpointOverride(endpoint())
        .region(Region.of(REGION))
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
        .build();
  }

  /** What came back. */
  record Reply(int status, ObjectNode members, HttpResponse<String> whole) {
    String type() {
      return members.path("__type").asText();
    }

    /** Modelled errors have a capital, others none. */
    String message() {
      return members.path(members.has("Message") ? "Message" : "message").asText();
    }
  }

  /** Calls an operation as a client would that has no SDK. */
  Reply call(String operation, String json) throws Exception {
    return send(signed(operation, json.getBytes(UTF_8)), json.getBytes(UTF_8));
  }

  /** The headers of a proper call. */
  Map<String, String> signed(String operation, byte[] body) throws GeneralSecurityException {
    return sign(
        unsigned(operation), body, new SigV4(KEY, SECRET, REGION, "transfer"), Instant.now());
  }

  Map<String, String> unsigned(String operation) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", host());
    headers.put("Content-Type", "application/x-amz-json-1.1");
    headers.put("X-Amz-Target", "TransferService." + operation);
    return headers;
  }

  static Map<String, String> sign(Map<String, String> headers, byte[] body, SigV4 by, Instant at)
      throws GeneralSecurityException {
    Map<String, String> signed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    signed.putAll(headers);
    signed.put("X-Amz-Date", SigV4.time(at));
    signed.put("Authorization", by.authorization(signed, body, at));
    return signed;
  }

  Reply send(Map<String, String> headers, byte[] body) throws Exception {
    return send(endpoint(), "POST", headers, body);
  }

  Reply send(URI to, String method, Map<String, String> headers, byte[] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to).method(method, BodyPublishers.ofByteArray(body));
    headers.forEach((name, value) -> {
      if (!name.equalsIgnoreCase("Host")) { // the client's own to write
        request.header(name, value);
      }
    });
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    ObjectNode members = answer.body().isEmpty() ? Json.object() : Json.parse(answer.body());
    return new Reply(answer.statusCode(), members, answer);
  }

  @Override
  public void close() {
    server.close();
  }
}
