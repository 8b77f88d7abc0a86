package dev.as2.daemon.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBePresentInElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.visibilityOfElementLocated;

import dev.as2.core.FilePath;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The console in a real browser. Leaves pictures of what it saw in {@code target/console}: those of
 * the documents are among them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one browser
class ConsoleBrowserTest {
  private static final Path PICTURES = Path.of("target", "console");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path outbox;
  private ConsoleServer server;
  private ChromeDriver browser;

  @BeforeAll
  void startBrowser(@TempDir Path profile) {
    browser = Chromium.start(profile);
    browser.manage().timeouts().scriptTimeout(PATIENCE);
  }

  @AfterAll
  void quitBrowser() {
    browser.quit();
  }

  /** Another server is another origin: the browser knows nothing of the one before. */
  @BeforeEach
  void start() throws Exception {
    server = ConsoleServer.start(outbox);
    server.history.write();
    Chromium.look(browser, 1280, 900, "light");
    browser.get(server.origin());
  }

  @AfterEach
  void stop() {
    browser.get("about:blank");
    browser.manage().deleteAllCookies();
    problems(); // those of this test are no other's
    server.close();
  }

  private WebDriverWait patiently() {
    return new WebDriverWait(browser, PATIENCE, Duration.ofMillis(50));
  }

  private WebElement find(String css) {
    return patiently().until(visibilityOfElementLocated(By.cssSelector(css)));
  }

  private void awaitText(String css, String text) {
    patiently().until(textToBePresentInElementLocated(By.cssSelector(css), text));
  }

  private void awaitRows(int count) {
    patiently().until(any -> rows().size() == count);
  }

  @SuppressWarnings("unchecked") // the script makes a list of strings
  private List<String> rows() {
    return (List<String>)
        run(
            "return [...document.querySelectorAll('.list tbody .file a')]"
                + ".map((link) => link.textContent)");
  }

  private Object run(String script) {
    return Objects.requireNonNull(browser.executeScript(script), "the script returns something");
  }

  private void signIn() {
    find("#access-key-id").sendKeys(ConsoleServer.KEY);
    find("#secret-access-key").sendKeys(ConsoleServer.SECRET, Keys.ENTER);
    find(".list tbody tr");
  }

  private void picture(String name) throws IOException {
    Files.createDirectories(PICTURES);
    Files.move(
        browser.getScreenshotAs(OutputType.FILE).toPath(),
        PICTURES.resolve(name + ".png"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** In light and dark, and as narrow as a small telephone; everybody can use each of them. */
  private void pictures(String name) throws IOException {
    picture("console-" + name);
    assertThat(barriers()).as(name).isEmpty();
    Chromium.look(browser, 1280, 900, "dark");
    picture("console-" + name + "-dark");
    assertThat(barriers()).as(name + " in dark").isEmpty();
    Chromium.look(browser, 320, 640, "light");
    assertThat(barriers()).as(name + " in 320 pixels").isEmpty();
    assertThat(run("return document.documentElement.scrollWidth <= window.innerWidth"))
        .as(name + " fits into 320 pixels")
        .isEqualTo(true);
    picture("console-" + name + "-narrow");
    Chromium.look(browser, 1280, 900, "light");
  }

  /** What axe-core finds against the rules of WCAG 2.2, levels A and AA, and its own advice. */
  private List<?> barriers() throws IOException {
    if (run("return 'axe' in window").equals(false)) {
      try (InputStream axe = getClass().getResourceAsStream("/axe.min.js")) {
        browser.executeScript(
            new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    Object found =
        browser.executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "axe.run().then((found) => done(found.passes.length < 10 ? ['nothing was checked']"
                + " : found.violations.flatMap((rule) => rule.nodes.map((node) =>"
                + " rule.id + ': ' + node.html + ' ' + node.failureSummary))),"
                + " (error) => done([String(error)]));");
    return (List<?>) Objects.requireNonNull(found, "axe-core answers with a list");
  }

  private List<LogEntry> problems() {
    return browser.manage().logs().get(LogType.BROWSER).getAll();
  }

  private FileState last(Object path) {
    return server.transfers.all().stream()
        .filter(each -> each.file().equals(path))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  @Tag("large")
  void anAfternoonInSupport() throws Exception {
    pictures("sign-in");
    signIn();
    awaitRows(50);
    pictures("transfers");
    looksForAnOrderAndFindsIt();
    sendsARefusedFileAgain();
    cancelsOneThatWaits();
    sendsByTheForm();
    looksAtTheRest();
    find("#sign-out").click();
    awaitText("form.sign-in", "You are signed out.");
    assertThat(browser.manage().getCookies()).isEmpty();
    assertThat(problems()).isEmpty();
  }

  private void looksForAnOrderAndFindsIt() throws IOException {
    find("#search").sendKeys("2027-11876");
    awaitRows(1);
    assertThat(browser.getCurrentUrl()).endsWith("#/transfers?text=2027-11876");
    browser.findElement(By.linkText(History.ORDER.name())).click();
    awaitText("#mdn-title", "Receipt");
    awaitText(".mdn-text", "Thank you for your order.");
    awaitText(".facts", "matches");
    assertThat(find("main").getText())
        .contains(last(History.ORDER).messageId().value(), "compressed, then signed");
    pictures("transfer");
    browser.navigate().back();
    awaitRows(1);
    assertThat(find("#search").getAttribute("value")).isEqualTo("2027-11876");
  }

  private void sendsARefusedFileAgain() throws IOException {
    find("#search").clear();
    browser.executeScript("document.querySelector('input[value=FAILED]').click()");
    find("#search").sendKeys("globex production", Keys.ENTER);
    awaitText(".list tbody", History.REFUSED.name());
    assertThat(find(".list tbody").getText()).doesNotContain("Completed");
    browser.findElement(By.linkText(History.REFUSED.name())).click();
    awaitText("#failure-title", "MDN_RESPONSE_INDICATES_DECRYPTION_FAILED");
    awaitText(".mdn-text", "please use the new one");
    pictures("failure");
    FileState refused = last(History.REFUSED);
    find("#resend").click();
    awaitText("dialog", "Send it again?");
    picture("console-confirm");
    find("dialog button.primary").click();
    awaitText(".timeline", "the transfer before");
    FileState again = last(History.REFUSED);
    assertThat(again.resendOf()).contains(refused.key());
    server.transfers.put(Changed.started(again, Instant.now()));
    awaitText(".above", "In progress");
    server.transfers.put(Changed.ended(last(History.REFUSED), Instant.now(), Optional.empty()));
    awaitText(".above", "Completed");
  }

  private void cancelsOneThatWaits() {
    find("[data-page=transfers]").click();
    awaitText(".list tbody", History.WAITING.name());
    browser.findElement(By.linkText(History.WAITING.name())).click();
    find("#cancel").click();
    find("dialog button.primary").click();
    awaitText("#cancel", "Being cancelled");
    FileState cancelling = last(History.WAITING);
    assertThat(cancelling.cancelling()).isTrue();
    server.transfers.put(Changed.ended(cancelling, Instant.now(), Optional.of("CANCELLED")));
    awaitText(".above", "Cancelled");
  }

  private void sendsByTheForm() throws IOException {
    find("[data-page=send]").click();
    find("#send-connector").sendKeys("Globex");
    find("#send-files").sendKeys("/outbox/globex/810/INV-90418.x12\nnobucket");
    find(".send button.primary").click();
    awaitText("#send-wrong", "File 2 is not of the form /bucket/key.");
    pictures("send");
    find("#send-files").sendKeys(Keys.BACK_SPACE.toString().repeat("nobucket".length()));
    find("#send-files").sendKeys("/outbox/globex/810/INV-90419.x12");
    find(".send button.primary").click();
    awaitRows(2);
    FileState sent = server.transfers.all().get(server.transfers.all().size() - 1);
    assertThat(sent.file()).hasToString("/outbox/globex/810/INV-90419.x12");
    assertThat(sent.connectorId()).isEqualTo(Partners.GLOBEX);
    assertThat(sent.status()).isEqualTo(Status.QUEUED);
  }

  private void looksAtTheRest() throws IOException {
    patiently().until(any -> browser.findElement(By.id("said")).getText().isEmpty());
    find("[data-page=connectors]").click();
    awaitText(".cards", "Globex production");
    browser.executeScript("document.querySelectorAll('.cards details')[1].open = true");
    pictures("connectors");
    find("#search").sendKeys("initech");
    awaitText(".note", "1 found");
    find("[data-page=profiles]").click();
    awaitText(".cards", "NORTHWIND");
    pictures("profiles");
    find("[data-page=certificates]").click();
    awaitText(".cards", "Expired 11 days ago");
    awaitText(".page .callout", "3 certificates");
    awaitText("#urgent", "3");
    pictures("certificates");
  }

  @Test
  void namesThatAreMarkupAreShownAsTheyAre() throws Exception {
    server.history.writeHostile();
    signIn();
    find("#search").sendKeys("onerror");
    awaitRows(1);
    String shown = "<img src=x onerror=alert(1)>[U+202E]fdp.\"'&amp;.edi";
    assertThat(rows()).containsExactly(shown);
    find(".list tbody a").click();
    awaitText("h1", shown);
    awaitText(".mdn-text", "Thank you");
    assertThat(browser.findElements(By.cssSelector("main img"))).isEmpty();
    assertThat(problems()).isEmpty();
  }

  @Test
  void whatHappensIsShownAsItHappens() throws Exception {
    signIn();
    awaitRows(50);
    String first = rows().get(0);
    server.transfers.put(
        server.history.next(Partners.ACME, FilePath.parse("/outbox/just-now.edi")));
    patiently().until(any -> !rows().get(0).equals(first));
    server.transfers.fail(new IOException("the disk is gone"));
    awaitText(".pulse", "Not live");
    awaitText(".callout", "cannot reach what it keeps");
    picture("console-trouble");
  }

  @Test
  void aWrongSecretAndAnEndedSessionAreSaid() throws Exception {
    find("#access-key-id").sendKeys(ConsoleServer.KEY);
    find("#secret-access-key").sendKeys("wrong", Keys.ENTER);
    awaitText("#sign-in-wrong", "There is no such access key, or its secret is another.");
    find("#secret-access-key").clear();
    find("#secret-access-key").sendKeys(ConsoleServer.SECRET, Keys.ENTER);
    find(".list tbody tr");
    server.keys.clear();
    awaitText("form.sign-in", "Your session has ended.");
  }

  @Test
  void everythingCanBeReachedByTheKeyboard() throws Exception {
    signIn();
    awaitRows(50);
    browser.navigate().refresh();
    awaitRows(50);
    for (String expected :
        List.of(
            "skip",
            "#/transfers",
            "#/send",
            "#/received",
            "#/connectors",
            "#/agreements",
            "#/profiles",
            "#/certificates")) {
      WebElement focused = tab();
      assertThat(focused.getAttribute("class") + focused.getAttribute("href")).contains(expected);
    }
    assertThat(tab().getText()).isEqualTo("Sign out");
    assertThat(tab().getAttribute("id")).isEqualTo("search");
    assertThat(tab().getAttribute("id")).isEqualTo("connector");
    assertThat(tab().getAttribute("name")).isEqualTo("status");
    WebElement row = tab();
    assertThat(row.getText()).isEqualTo(rows().get(0));
    row.sendKeys(Keys.ENTER);
    awaitText("h1", History.WAITING.name());
  }

  private WebElement tab() {
    browser.switchTo().activeElement().sendKeys(Keys.TAB);
    return browser.switchTo().activeElement();
  }
}
