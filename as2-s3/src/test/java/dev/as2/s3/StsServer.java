package dev.as2.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers AssumeRole as STS does, and keeps what it was asked. */
final class StsServer implements AutoCloseable {
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  /** Grants {@link S3Server}'s credentials. */
  static final String GRANT =
      """
      <AssumeRoleResponse xmlns="%s"><AssumeRoleResult><Credentials>
      <AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
      <SessionToken>session</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
      </Credentials></AssumeRoleResult></AssumeRoleResponse>
      """
          .formatted(NAMESPACE, S3Server.KEY_ID, S3Server.SECRET);

  static final String REFUSAL =
      """
      <ErrorResponse xmlns="%s"><Error><Type>Sender</Type><Code>AccessDenied</Code>
      <Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>
      """
          .formatted(NAMESPACE);

  /** The form, decoded, and who signed it. */
  record Asked(String form, String authorization) {}

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  StsServer(int status, String answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, status, answer));
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange, int status, String answer) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        new Asked(
            URLDecoder.decode(form, StandardCharsets.UTF_8),
            exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
