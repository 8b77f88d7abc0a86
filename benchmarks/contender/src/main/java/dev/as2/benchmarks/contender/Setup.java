package dev.as2.benchmarks.contender;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a contender is told when it is started: its arguments. Immutable. */
public final class Setup {
  private final Map<String, String> arguments;

  private Setup(Map<String, String> arguments) {
    this.arguments = Collections.unmodifiableMap(arguments);
  }

  /**
   * Reads arguments of the form {@code key=value}.
   *
   * @throws IllegalArgumentException if one has another form, or a required one is missing or wrong
   */
  public static Setup of(String... arguments) {
    Map<String, String> pairs = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("not key=value: " + argument);
      }
      pairs.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    Setup setup = new Setup(pairs);
    setup.url();
    setup.keystore();
    setup.compress();
    setup.mdn();
    return setup;
  }

  /** Where messages are posted: {@code url}. */
  public URI url() {
    return URI.create(required("url"));
  }

  /** The PKCS#12 file of both sides: {@code keystore}. {@link Keys} reads it. */
  public Path keystore() {
    return Path.of(required("keystore"));
  }

  /** Whether the content is compressed with ZLIB before it is signed: {@code compress}. */
  public boolean compress() {
    return switch (required("compress")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("compress is neither true nor false");
    };
  }

  /** Which receipt is asked for: {@code mdn}. */
  public Receipt mdn() {
    return switch (required("mdn")) {
      case "none" -> Receipt.NONE;
      case "signed" -> Receipt.SIGNED;
      default -> throw new IllegalArgumentException("mdn is neither none nor signed");
    };
  }

  /**
   * For peers that are measured without MDNs only, which favours them.
   *
   * @throws UnsupportedOperationException if one is asked for
   */
  public void refuseMdn() {
    if (mdn() != Receipt.NONE) {
      throw new UnsupportedOperationException("this peer is measured with mdn=none only");
    }
  }

  /** An argument that only one contender knows. */
  public Optional<String> option(String key) {
    return Optional.ofNullable(arguments.get(key));
  }

  private String required(String key) {
    return option(key)
        .orElseThrow(() -> new IllegalArgumentException("the argument " + key + "= is missing"));
  }

  /** The receipts that may be asked for. */
  public enum Receipt {
    /** No MDN: the HTTP status is the answer. */
    NONE,
    /** A signed synchronous MDN, whose signature and MIC are verified. */
    SIGNED
  }
}
