package dev.as2.daemon.console;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium of this machine; nothing is downloaded. */
final class Chromium {
  private Chromium() {}

  /**
   * Starts one.
   *
   * @param profile an empty folder, for itself alone
   */
  static ChromeDriver start(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(find("chromium"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en-GB",
        "--window-size=1280,900",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(find("chromedriver"))
            .usingAnyFreePort()
            .build(),
        options);
  }

  /** The system property {@code as2.chromium} or {@code as2.chromedriver}, or on the path. */
  private static File find(String name) {
    Optional<Path> named = Optional.ofNullable(System.getProperty("as2." + name)).map(Path::of);
    return named
        .or(() ->
            Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst())
        .orElseThrow(() ->
            new AssertionError(
                "This test needs "
                    + name
                    + " on the PATH; ./test-setup installs it, or says what to do."))
        .toFile();
  }

  /** Shows pages as in a window of that width and with that scheme of colours. */
  static void look(ChromeDriver browser, int width, int height, String scheme) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            new Object[] {
              Map.of("name", "prefers-color-scheme", "value", scheme),
              Map.of("name", "prefers-reduced-motion", "value", "reduce")
            }));
  }
}
