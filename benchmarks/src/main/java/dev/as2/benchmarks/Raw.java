package dev.as2.benchmarks;

import dev.as2.core.ConnectorOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The machine's limits: how fast the JDK alone encrypts, digests, deflates and signs, on one thread
 * and, where a name ends in {@code -2}, on two. Each line of standard input names one; the answer is its rate, in
 * 10^6 bytes or in signatures a second. Each is warmed up before its first answer. Ends with its
 * input.
 */
final class Raw {
  /** What compression costs; the level that a connector has by default. */
  static final int DEFLATE_LEVEL =
      Integer.parseInt(ConnectorOption.COMPRESSION_LEVEL.defaultValue());

  private static final int BLOCK_BYTES = 64 << 10;
  private static final double WARM_SECONDS = 3;
  private static final double ROUND_SECONDS = 4;

  private final byte[] data;
  private final byte[] out = new byte[BLOCK_BYTES];
  private final KeyPair pair;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Work> warm = new HashMap<>();

  private Raw(byte[] data) throws GeneralSecurityException {
    this.data = data;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
  }

  /** One step of a work; returns how many units it did. */
  @FunctionalInterface
  private interface Work {
    long step() throws GeneralSecurityException;
  }

  /** Argument: a file of at least a MiB, like those that are sent. */
  public static void main(String[] arguments)
      throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
    Raw raw = new Raw(Files.readAllBytes(Path.of(arguments[0])));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(raw.answer(line));
    }
  }

  private String answer(String name)
      throws GeneralSecurityException, ExecutionException, InterruptedException {
    if (name.equals("rsa-native") || name.equals("rsa-native-2")) {
      if (FastRsa.provider().isEmpty()) {
        return "{\"error\":\"there is no native provider for this machine\"}";
      }
    }
    int atOnce = name.endsWith("-2") ? 2 : 1;
    double rate = rate(name.replace("-2", ""), atOnce);
    return String.format(
        Locale.ROOT, "{\"rate\":%.3f}", name.startsWith("rsa") ? rate : rate / 1e6);
  }

  private double rate(String name, int atOnce)
      throws GeneralSecurityException, ExecutionException, InterruptedException {
    double[] rates = new double[atOnce];
    Future<?>[] running = new Future<?>[atOnce];
    for (int i = 0; i < atOnce; i++) {
      int thread = i;
      String key = name + " " + i;
      Work work = warm.containsKey(key) ? warm.get(key) : work(name);
      boolean cold = warm.put(key, work) == null;
      running[i] =
          threads.submit(() -> {
            if (cold) {
              run(work, WARM_SECONDS);
            }
            rates[thread] = run(work, ROUND_SECONDS);
            return null;
          });
    }
    for (Future<?> one : running) {
      one.get();
    }
    return IntStream.range(0, atOnce).mapToDouble(i -> rates[i]).sum();
  }

  private static double run(Work work, double seconds) throws GeneralSecurityException {
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    long units = 0;
    long now = begin;
    while (now < end) {
      units += work.step();
      now = System.nanoTime();
    }
    return units / ((now - begin) / 1e9);
  }

  private Work work(String name) throws GeneralSecurityException {
    return switch (name) {
      case "aes" -> aes();
      case "sha" -> sha();
      case "deflate" -> deflate();
      case "rsa-jdk" -> sign(Security.getProvider("SunRsaSign"));
      case "rsa-native" -> sign(FastRsa.provider().orElseThrow());
      default -> throw new IllegalArgumentException("unknown: " + name);
    };
  }

  private Work aes() throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding", "SunJCE");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(new byte[16], "AES"),
        new IvParameterSpec(new byte[16]));
    return () -> {
      for (int at = 0; at + BLOCK_BYTES <= data.length; at += BLOCK_BYTES) {
        cipher.update(data, at, BLOCK_BYTES, out);
      }
      return data.length / BLOCK_BYTES * BLOCK_BYTES;
    };
  }

  private Work sha() throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256", "SUN");
    return () -> {
      for (int at = 0; at + BLOCK_BYTES <= data.length; at += BLOCK_BYTES) {
        digest.update(data, at, BLOCK_BYTES);
      }
      return data.length / BLOCK_BYTES * BLOCK_BYTES;
    };
  }

  private Work deflate() {
    Deflater deflater = new Deflater(DEFLATE_LEVEL);
    byte[] packed = new byte[BLOCK_BYTES];
    return () -> {
      for (int at = 0; at + BLOCK_BYTES <= data.length; at += BLOCK_BYTES) {
        deflater.setInput(data, at, BLOCK_BYTES);
        while (!deflater.needsInput()) {
          deflater.deflate(packed);
        }
      }
      return data.length / BLOCK_BYTES * BLOCK_BYTES;
    };
  }

  /** With the key in the provider's own form: to turn it into that takes as long as a signature. */
  private Work sign(Provider provider) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA", provider);
    PrivateKey key =
        (PrivateKey) KeyFactory.getInstance("RSA", provider).translateKey(pair.getPrivate());
    byte[] attributes = new byte[128];
    return () -> {
      signature.initSign(key);
      signature.update(attributes);
      return Optional.of(signature.sign()).map(made -> 1L).orElse(0L);
    };
  }
}
