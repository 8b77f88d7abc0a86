package dev.as2.daemon.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkSystemSetting;

/**
 * A running moto_server, which answers for AWS's services; fails where it is not installed. AWS's
 * default chain finds credentials for it while it runs.
 */
public final class MotoServer implements AutoCloseable {
  private static final Pattern RUNNING =
      Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

  private static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "secret";
  private static final String KEY_ID_PROPERTY = SdkSystemSetting.AWS_ACCESS_KEY_ID.property();
  private static final String SECRET_PROPERTY = SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property();

  private final Process process;
  private final URI endpoint;

  private MotoServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
    System.setProperty(KEY_ID_PROPERTY, KEY_ID);
    System.setProperty(SECRET_PROPERTY, SECRET);
  }

  /** Starts one on a free port. */
  public static MotoServer start() throws IOException {
    Process process =
        new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", "0")
            .redirectErrorStream(true)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher running = RUNNING.matcher(line);
      if (running.find()) {
        drain(output);
        return new MotoServer(process, URI.create(running.group(1)));
      }
      said.append(line).append('\n');
    }
    throw new IOException("moto_server did not start: " + said);
  }

  /** It logs each request, and waits where nobody reads. */
  private static void drain(BufferedReader output) {
    Thread reading = new Thread(() -> output.lines().forEach(line -> {}), "moto-output");
    reading.setDaemon(true);
    reading.start();
  }

  /** Where it is. */
  public URI endpoint() {
    return endpoint;
  }

  /** What a process needs in its environment so that this is its AWS. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", KEY_ID,
        "AWS_SECRET_ACCESS_KEY", SECRET,
        "AWS_ENDPOINT_URL", endpoint.toString());
  }

  @Override
  public void close() {
    System.clearProperty(KEY_ID_PROPERTY);
    System.clearProperty(SECRET_PROPERTY);
    // What started it may be a script around it.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
