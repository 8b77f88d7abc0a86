package dev.as2.benchmarks;

import java.lang.reflect.Constructor;
import java.security.Provider;
import java.util.Optional;

/**
 * For the baseline alone, as our sender finds it by itself: the Amazon Corretto Crypto Provider,
 * where there is a build of it for this machine.
 */
final class FastRsa {
  private static final String CLASS =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  /** How its jar's name begins. */
  static final String JAR = "AmazonCorrettoCryptoProvider";

  private FastRsa() {}

  /** The provider; empty where it is not on the class path or does not load. */
  static Optional<Provider> provider() {
    try {
      Constructor<?> constructor = Class.forName(CLASS).getConstructor();
      Provider provider = (Provider) constructor.newInstance();
      // Without its native library it loads all the same, and offers nothing.
      return Optional.of(provider).filter(p -> p.getService("Signature", "SHA256withRSA") != null);
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }
}
