package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A browser that has signed in: its cookie, and the token that its page has. */
record Visitor(ConsoleServer server, String cookie, String token) {
  static Visitor of(ConsoleServer server, HttpResponse<String> signedIn) {
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    return new Visitor(
        server, cookie.split(";", 2)[0], Json.parse(signedIn.body()).path("token").asText());
  }

  HttpRequest.Builder getting(String path) {
    return HttpRequest.newBuilder(server.uri("/console/" + path)).header("Cookie", cookie);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return server.send(getting(path).build());
  }

  /** What a GET answers; fails where it is refused. */
  ObjectNode read(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " is answered with " + answer.statusCode() + answer.body());
    }
    return Json.parse(answer.body());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return server.send(
        server.post(path, json).header("Cookie", cookie).header(SignIn.TOKEN, token).build());
  }
}
