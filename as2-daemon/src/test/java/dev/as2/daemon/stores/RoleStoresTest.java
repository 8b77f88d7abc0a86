package dev.as2.daemon.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.as2.core.FilePath;
import dev.as2.core.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose credentials sign, for a server that is STS and an S3 without any file. */
class RoleStoresTest {
  private static final FilePath FILE = FilePath.parse("/out/850.edi");
  private static final Pattern ROLE = Pattern.compile("RoleArn=[^&]*/(\\w+)");
  private static final String GRANT =
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>session</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
      </Credentials></AssumeRoleResult></AssumeRoleResponse>
      """;

  @TempDir Path root;
  private HttpServer server;
  private final List<String> assumed = new CopyOnWriteArrayList<>();
  private final List<String> signers = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.accessKeyId", "OWNKEY");
    System.setProperty("aws.secretAccessKey", "secret");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher role = ROLE.matcher(URLDecoder.decode(form, StandardCharsets.UTF_8));
    if (role.find()) {
      assumed.add(role.group(1));
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      byte[] grant = GRANT.formatted("KEYOF" + role.group(1)).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, grant.length);
      exchange.getResponseBody().write(grant);
    } else if (exchange.getRequestURI().getPath().equals(FILE.toString())) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      signers.add(authorization.replaceAll(".*Credential=(\\w+)/.*", "$1"));
      exchange.sendResponseHeaders(404, -1);
    } else { // whether there is the bucket
      exchange.sendResponseHeaders(200, -1);
    }
    exchange.close();
  }

  private RoleStores stores(String more) throws IOException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Files.writeString(
        root.resolve("stores.json"),
        """
        {"Buckets":{"out":{"Type":"S3","Endpoint":"%s","Region":"eu-central-1",
          "PathStyle":true%s}}}
        """
            .formatted(url, more.replace("URL", url)));
    return StoresJson.read(root);
  }

  private static void look(Stores stores) {
    assertThatThrownBy(() -> stores.stat(FILE)).hasMessageContaining("850.edi");
  }

  private static Optional<String> role(String name) {
    return Optional.of("arn:aws:iam::123456789012:role/" + name);
  }

  @Test
  void eachRoleIsAssumedOnceAndSignsForItself() throws IOException {
    RoleStores stores = stores(",\"AssumeRole\":true,\"StsEndpoint\":\"URL\"");

    look(stores.under(role("one")));
    look(stores.under(role("two")));
    look(stores.under(role("one")));
    look(stores.under(Optional.empty()));

    assertThat(assumed).containsExactly("one", "two");
    assertThat(signers).containsExactly("KEYOFone", "KEYOFtwo", "KEYOFone", "OWNKEY");
  }

  @Test
  void aServerThatKnowsNoRolesIsSignedForWithTheOwnCredentials() throws IOException {
    look(stores("").under(role("one")));

    assertThat(assumed).isEmpty();
    assertThat(signers).containsExactly("OWNKEY");
  }

  @Test
  void theStoresOfSoManyRolesAreKept() throws IOException {
    RoleStores stores = stores("");
    Stores first = stores.under(role("first"));
    for (int i = 1; i < Limits.ACCESS_ROLES; i++) {
      stores.under(role("role" + i));
    }
    assertThat(stores.under(role("first"))).isSameAs(first);
    stores.under(role("one-more"));

    assertThat(stores.under(role("first"))).isSameAs(first); // used later than any other
    for (int i = 0; i < Limits.ACCESS_ROLES; i++) {
      stores.under(role("other" + i));
    }
    assertThat(stores.under(role("first"))).isNotSameAs(first);
  }
}
