package dev.as2.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code openssl} command, as a second opinion. A test that uses it fails where it lacks. */
public final class SignatureOracle {
  private final Path folder;

  /** Works with files in {@code folder}. */
  public SignatureOracle(Path folder) {
    this.folder = folder;
  }

  /** A new RSA key and its own certificate: {@code <name>.key} and {@code <name>.pem}. */
  public X509Certificate newSigner(String name, int bits) throws IOException, InterruptedException {
    return newSigner(name, "rsa:" + bits);
  }

  /** A new key, as {@code req -newkey} takes its arguments, and its own certificate. */
  public X509Certificate newSigner(String name, String... newKey)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-newkey"));
    arguments.addAll(List.of(newKey));
    arguments.addAll(
        List.of(
            "-nodes",
            "-keyout",
            name + ".key",
            "-out",
            name + ".pem",
            "-subj",
            "/O=Test/CN=" + name,
            "-days",
            "2",
            "-sha256"));
    run(new byte[0], arguments);
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".pem"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException e) {
      throw new IOException("openssl made no certificate", e);
    }
  }

  /** A detached signature of {@code content} in DER. */
  public byte[] sign(byte[] content, String signer, String... options)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "cms",
                "-sign",
                "-outform",
                "DER",
                "-signer",
                signer + ".pem",
                "-inkey",
                signer + ".key"));
    arguments.addAll(List.of(options));
    return run(content, arguments);
  }

  /** What the command prints; its standard input is {@code input}. */
  public byte[] run(byte[] input, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(arguments);
    Path in = Files.write(Files.createTempFile(folder, "in", ""), input);
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("openssl does not end: " + arguments);
    }
    if (process.exitValue() != 0) {
      throw new IOException("openssl " + arguments + ": " + Files.readString(err));
    }
    return Files.readAllBytes(out);
  }
}
