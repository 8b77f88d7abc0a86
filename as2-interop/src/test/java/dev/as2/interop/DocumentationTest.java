package dev.as2.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.Catalogue;
import dev.as2.conformance.SenderCatalogue;
import dev.as2.core.AgreementOption;
import dev.as2.core.ConnectorOption;
import dev.as2.core.FailureCode;
import dev.as2.daemon.serve.Setting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the documents against the code; each failure shows what the document should say. */
class DocumentationTest {
  private static final Path ROOT = root();
  private static final List<String> OPTIONS =
      List.of("Tag", "Default", "Values", "What it does, and why");
  private static final Pattern IN_BACKTICKS = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String byDefault(String value) {
    return value.isEmpty() ? "(empty)" : code(value);
  }

  @Test
  void failureCodesAreListedAsTheEnumHasThem() throws IOException {
    String expected =
        table(
            List.of("Code", "Origin", "Retry", "Meaning", "What to do"),
            Arrays.stream(FailureCode.values())
                .map(c ->
                    List.of(
                        code(c.name()),
                        c.origin().toString(),
                        c.retry().toString(),
                        c.meaning(),
                        c.hint()))
                .toList());

    assertThat(generated("docs/failure-codes.md", "FailureCode")).isEqualTo(expected);
  }

  @Test
  void everyKindOfRetryIsExplained() throws IOException {
    String document = read(ROOT.resolve("docs/failure-codes.md"));

    assertThat(FailureCode.Retry.values())
        .allSatisfy(kind -> assertThat(document).contains("- `" + kind + "`: "));
  }

  @Test
  void optionsAreListedAsTheEnumHasThem() throws IOException {
    String expected =
        table(
            OPTIONS,
            Arrays.stream(ConnectorOption.values())
                .map(o -> List.of(code(o.tag()), byDefault(o.defaultValue()), o.form(), o.reason()))
                .toList());

    assertThat(generated("docs/options.md", "ConnectorOption")).isEqualTo(expected);
  }

  @Test
  void optionsOfAgreementsAreListedAsTheEnumHasThem() throws IOException {
    String expected =
        table(
            OPTIONS,
            Arrays.stream(AgreementOption.values())
                .map(o -> List.of(code(o.tag()), byDefault(o.defaultValue()), o.form(), o.reason()))
                .toList());

    assertThat(generated("docs/options.md", "AgreementOption")).isEqualTo(expected);
  }

  @Test
  void scenariosForReceiversAreListedAsTheyArePlayed() throws IOException {
    String expected =
        table(
            List.of("Id", "What is tested", "Rests on", "Severity", "Profiles", "Sent", "Expected"),
            Catalogue.all().stream()
                .map(s ->
                    List.of(
                        code(s.id()),
                        s.title(),
                        s.rule().source(),
                        s.rule().severity().toString(),
                        s.rule().profiles().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", ")),
                        s.story().sent(),
                        s.story().expected()))
                .toList());

    assertThat(generated("docs/conformance.md", "Catalogue")).isEqualTo(expected);
  }

  @Test
  void scenariosForSendersAreListedAsTheyArePlayed() throws IOException {
    String expected =
        table(
            List.of("Path", "What is answered", "Rests on, or seen with", "A good sender"),
            SenderCatalogue.all().stream()
                .map(s -> List.of(code(s.path()), s.title(), s.source(), s.expectation().words()))
                .toList());

    assertThat(generated("docs/conformance.md", "SenderCatalogue")).isEqualTo(expected);
  }

  @Test
  void whatScenariosFindInProductsIsListedAsTheyAreExpectedTo() throws IOException {
    Map<String, Map<String, String>> found = new TreeMap<>();
    for (Map<String, String> row : Table.rows("conformance.csv")) {
      found
          .computeIfAbsent("`" + row.getOrDefault("scenario", "") + "`", id -> new HashMap<>())
          .put(row.getOrDefault("product", ""), row.getOrDefault("what it does", ""));
    }
    String expected =
        table(
            List.of("Scenario", "OpenAS2 2.10.1", "as2-server 4.6.3"),
            found.entrySet().stream()
                .map(each ->
                    List.of(
                        each.getKey(),
                        each.getValue().getOrDefault("openas2", ""),
                        each.getValue().getOrDefault("as2-server", "")))
                .toList());

    assertThat(generated("docs/interop.md", "conformance.csv")).isEqualTo(expected);
  }

  @Test
  void settingsAreListedAsTheEnumHasThem() throws IOException {
    String expected =
        table(
            List.of("Key", "Variable", "Default", "Values", "What it does"),
            Arrays.stream(Setting.values())
                .map(s ->
                    List.of(
                        code(s.key()),
                        code(s.variable()),
                        byDefault(s.defaultValue()),
                        s.form(),
                        s.reason()))
                .toList());

    assertThat(generated("docs/serve.md", "Setting")).isEqualTo(expected);
  }

  @Test
  void theReadmeShowsTheCodeThatIsTested() throws IOException {
    String test =
        read(ROOT.resolve("as2-transport/src/test/java/dev/as2/transport/EmbeddingTest.java"));
    String tested = between(test, "// README: begin\n", "    // README: end");

    assertThat(between(read(ROOT.resolve("README.md")), "```java\n", "```"))
        .isEqualTo(tested.stripTrailing().stripIndent() + "\n");
  }

  @Test
  void theRfcMapNamesClassesAndTestsThatExist() throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.walk(ROOT)) {
      sources =
          files
              .map(file -> ROOT.relativize(file).toString())
              .filter(file -> file.contains("src/") && file.endsWith(".java"))
              .map(file -> file.replaceFirst(".*/", "").replaceFirst("\\.java$", ""))
              .toList();
    }

    assertThat(namesIn("docs/rfc-map.md")).hasSizeGreaterThan(40).isSubsetOf(sources);
  }

  /** What stands in backticks in the second and later columns of a document's tables. */
  private static List<String> namesIn(String document) throws IOException {
    return read(ROOT.resolve(document))
        .lines()
        .filter(line -> line.startsWith("|"))
        .map(line -> line.substring(line.indexOf('|', 1)))
        .flatMap(cells -> IN_BACKTICKS.matcher(cells).results())
        .map(name -> name.group(1))
        .distinct()
        .toList();
  }

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path document : documents()) {
      LINK.matcher(read(document))
          .results()
          .map(link -> link.group(1))
          .filter(link -> !leadsSomewhere(document, URI.create(link)))
          .forEach(link -> dead.add(ROOT.relativize(document) + ": " + link));
    }

    assertThat(documents()).hasSizeGreaterThan(6);
    assertThat(dead).isEmpty();
  }

  private static boolean leadsSomewhere(Path document, URI link) {
    if (link.isAbsolute()) {
      return true;
    }
    Path target =
        link.getPath().isEmpty() ? document : document.resolveSibling(link.getPath()).normalize();
    return Files.exists(target)
        && (link.getFragment() == null || anchors(target).contains(link.getFragment()));
  }

  /** The names that readers of Markdown give to headings. */
  private static List<String> anchors(Path document) {
    try {
      return HEADING
          .matcher(read(document))
          .results()
          .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
          .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?target/.*"))
          .toList();
    }
  }

  private static String table(List<String> head, List<List<String>> rows) {
    String rule = "|" + "---|".repeat(head.size());
    return Stream.of(Stream.of(row(head), rule), rows.stream().map(DocumentationTest::row))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String generated(String document, String name) throws IOException {
    return between(
        read(ROOT.resolve(document)),
        "<!-- " + name + ": begin -->\n",
        "<!-- " + name + ": end -->");
  }

  private static String between(String text, String begin, String end) {
    Optional<MatchResult> found =
        Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
            .matcher(text)
            .results()
            .findFirst();
    assertThat(found).as("text between '%s' and '%s'", begin.strip(), end.strip()).isPresent();
    return found.orElseThrow().group(1);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, UTF_8);
  }

  /** The folder that all modules are in, wherever the test was started. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("as2-core"))) {
      folder = Optional.ofNullable(folder.getParent()).orElseThrow();
    }
    return folder;
  }
}
