package dev.as2.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.as2.core.FilePath;
import dev.as2.mime.Content;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SendAtOnceTest {
  @Test
  void writesWithoutAskingForLeaveFirst() throws Exception {
    CompletableFuture<Headers> request = new CompletableFuture<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          request.complete(exchange.getRequestHeaders());
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try (S3FileStore store =
        S3FileStore.builder()
            .endpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region("us-east-1")
            .pathStyle()
            .credentials(S3Server.credentials())
            .build()) {
      store.write(FilePath.parse("/bucket/a.json"), Content.of(new byte[9]), "application/json");
    } finally {
      server.stop(0);
    }

    assertThat(request).isCompleted();
    assertThat(request.join()).containsKey("Content-length").doesNotContainKey("Expect");
  }
}
