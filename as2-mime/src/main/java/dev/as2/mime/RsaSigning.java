package dev.as2.mime;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * RSA signatures from the fastest provider there is: the one that the host prefers, or, where that
 * is only the JDK's own, Amazon Corretto Crypto Provider, if its jar is on the class path and its
 * native library fits the machine. Keys are turned into the provider's own form once, which takes
 * as long as a signature. For use from any thread.
 *
 * <p>It is a matter of speed alone: whatever the faster provider cannot do, the JDK's does.
 */
final class RsaSigning {
  /** Those of this process. */
  static final RsaSigning SHARED = new RsaSigning(RsaSigning.class.getClassLoader(), 64);

  private static final String FASTER =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final String SLOW = "SunRsaSign";
  private static final String ANY_SIGNATURE = "SHA256withRSA";

  private final ClassLoader classPath;
  private final int signaturesBefore;
  private final AtomicInteger signatures = new AtomicInteger();
  private volatile Optional<Provider> faster = Optional.empty();

  /** Keys in the faster provider's own form, each for as long as somebody holds the key itself. */
  private final Map<PrivateKey, PrivateKey> translated =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param signaturesBefore how many signatures are made before the faster provider is loaded:
   *     loading it takes as long as the JDK takes for about that many
   */
  RsaSigning(ClassLoader classPath, int signaturesBefore) {
    this.classPath = classPath;
    this.signaturesBefore = signaturesBefore;
  }

  /**
   * Signs.
   *
   * @param algorithm JCA name
   * @throws GeneralSecurityException where the key cannot sign
   */
  byte[] sign(PrivateKey key, String algorithm, byte[] octets) throws GeneralSecurityException {
    Optional<Provider> provider = key instanceof RSAPrivateCrtKey ? faster() : Optional.empty();
    if (provider.isPresent()) {
      try {
        Signature signature = Signature.getInstance(algorithm, provider.get());
        return sign(signature, translated(key, provider.get()), octets);
      } catch (GeneralSecurityException e) {
        // It does not take this algorithm or key. The JDK's provider does, or says below why not.
      }
    }
    return sign(Signature.getInstance(algorithm), key, octets);
  }

  private PrivateKey translated(PrivateKey key, Provider provider) throws GeneralSecurityException {
    PrivateKey known = translated.get(key);
    if (known != null) {
      return known;
    }
    PrivateKey fresh =
        (PrivateKey) KeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key);
    translated.put(key, fresh);
    return fresh;
  }

  private static byte[] sign(Signature signature, PrivateKey key, byte[] octets)
      throws GeneralSecurityException {
    signature.initSign(key);
    signature.update(octets);
    return signature.sign();
  }

  /** The name of the faster provider, once it is used. */
  Optional<String> provider() {
    return faster.map(Provider::getName);
  }

  private Optional<Provider> faster() {
    if (signatures.get() < signaturesBefore
        && signatures.getAndIncrement() == signaturesBefore - 1) {
      faster = load(); // on this thread, while others sign as before
    }
    return faster;
  }

  private Optional<Provider> load() {
    try {
      Provider preferred = Signature.getInstance(ANY_SIGNATURE).getProvider();
      if (!preferred.getName().equals(SLOW)) {
        return Optional.of(preferred); // the host has chosen
      }
      return ServiceLoader.load(Provider.class, classPath).stream()
          .filter(candidate -> candidate.type().getName().equals(FASTER))
          .map(ServiceLoader.Provider::get)
          .filter(provider -> provider.getService("Signature", ANY_SIGNATURE) != null)
          .findFirst();
    } catch (GeneralSecurityException | ServiceConfigurationError e) {
      System.getLogger(RsaSigning.class.getName())
          .log(System.Logger.Level.WARNING, "no faster provider for RSA can be used", e);
      return Optional.empty();
    }
  }
}
