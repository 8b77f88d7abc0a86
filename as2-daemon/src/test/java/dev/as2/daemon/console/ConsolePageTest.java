package dev.as2.daemon.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files as they are served. */
class ConsolePageTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
  private static final Pattern IMPORT = Pattern.compile("from \"\\./([a-z]+\\.js)\"");

  @TempDir private Path outbox;
  private ConsoleServer server;

  @BeforeEach
  void start() throws Exception {
    server = ConsoleServer.start(outbox);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** All files, by their paths: those that the page names, and those that these import. */
  private Map<String, HttpResponse<String>> files() throws Exception {
    Map<String, HttpResponse<String>> files = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>();
    Matcher links = LINK.matcher(server.get("/").body());
    while (links.find()) {
      open.add("/" + links.group(1));
    }
    while (!open.isEmpty()) {
      String path = open.remove();
      HttpResponse<String> file = server.get(path);
      files.put(path, file);
      Matcher imports = IMPORT.matcher(file.body());
      while (imports.find()) {
        String imported = path.substring(0, path.lastIndexOf('/') + 1) + imports.group(1);
        if (!files.containsKey(imported) && !open.contains(imported)) {
          open.add(imported);
        }
      }
    }
    return files;
  }

  @Test
  void thePageRunsNothingThatIsNotAFileOfItsOwn() throws Exception {
    HttpResponse<String> page = server.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(page.body())
        .doesNotContain("style=", "<style", "{version}", "http:", "https:")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("<script(?![^>]*src=)");
  }

  @Test
  void everyFileThatThePageNeedsIsServedAndNoneMore() throws Exception {
    Map<String, HttpResponse<String>> files = files();
    assertThat(files).hasSize(17);
    files.forEach((path, file) -> {
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(file.headers().firstValue("Cache-Control").orElseThrow())
          .as(path)
          .contains("immutable");
    });
  }

  /** The policy forbids it as well; this says where. */
  @Test
  void noFileMakesMarkupOfText() throws Exception {
    files()
        .forEach((path, file) ->
            assertThat(file.body())
                .as(path)
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "DOMParser")
                .doesNotContain("document.write", "eval(", "new Function", "srcdoc")
                .doesNotContain("localStorage", "sessionStorage"));
  }

  @Test
  void aBrowserThatHasThePageIsToldSo() throws Exception {
    String tag = server.get("/").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        server.send(HttpRequest.newBuilder(server.uri("/")).header("If-None-Match", tag).build());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    HttpResponse<String> head =
        server.send(
            HttpRequest.newBuilder(server.uri("/"))
                .method("HEAD", BodyPublishers.noBody())
                .build());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).contains(tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/page/0000000000000000/app.js",
        "/console/page/../ConsoleHandler.class",
        "/console/page/%2e%2e/app.js",
        "/console/index.html",
        "/console/",
        "/console",
        "/favicon.ico"
      })
  void whatIsNoFileOfThePageIsNotThere(String path) throws Exception {
    assertThat(server.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void thePageWorksBelowAnyPath() throws Exception {
    assertThat(server.get("/").body()).doesNotContainPattern("(href|src)=\"/");
  }
}
