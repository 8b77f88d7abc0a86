package dev.as2.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The command lines of openssl and keytool, as users have them. */
public final class Tools {
  private Tools() {}

  /** Runs a program in a folder; words are separated by single spaces. */
  public static void run(Path folder, String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command.split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + ": " + said);
    }
  }

  /** {@code key.pem} (PKCS #8, no password) and {@code certificate.pem}, self-signed. */
  static void makeKey(Path folder) throws IOException, InterruptedException {
    run(
        folder,
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=Acme -days 30"
            + " -keyout key.pem -out certificate.pem");
  }
}
