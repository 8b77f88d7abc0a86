package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a faster provider, without one, and with one that cannot work. */
class RsaSigningTest {
  private static final String PROVIDER =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final RsaIdentity US = RsaIdentity.selfSigned("us");
  private static final byte[] OCTETS = Entities.noise(1000);

  @TempDir Path classPath;

  @Test
  void signsWithTheFasterProviderWhereThereIsOneForTheMachine() throws Exception {
    boolean exists =
        System.getProperty("os.name").equals("Linux")
            && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
    RsaSigning signing = new RsaSigning(getClass().getClassLoader(), 3);

    assertSigns(signing, 2);
    assertThat(signing.provider()).isEmpty();
    assertSigns(signing, 3);
    assertThat(signing.provider())
        .isEqualTo(exists ? Optional.of("AmazonCorrettoCryptoProvider") : Optional.empty());
  }

  @Test
  void signsWithoutAFasterProvider() throws Exception {
    RsaSigning signing = new RsaSigning(ClassLoader.getPlatformClassLoader(), 1);
    assertSigns(signing, 3);
    assertThat(signing.provider()).isEmpty();
  }

  @Test
  void signsWhereTheFasterProviderIsNamedAndMissing() throws Exception {
    Path services = Files.createDirectories(classPath.resolve("META-INF/services"));
    Files.writeString(services.resolve("java.security.Provider"), PROVIDER + "\n");
    try (URLClassLoader damaged =
        new URLClassLoader(
            new URL[] {classPath.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      RsaSigning signing = new RsaSigning(damaged, 1);
      assertSigns(signing, 3);
      assertThat(signing.provider()).isEmpty();
    }
  }

  @Test
  void signsWithWhateverDigestTheFasterProviderMayNotHave() throws Exception {
    RsaSigning signing = new RsaSigning(getClass().getClassLoader(), 1);
    assertSigns(signing, 1);
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      assertThat(verified(signing.sign(US.key(), algorithm.rsaSignatureName(), OCTETS), algorithm))
          .isTrue();
    }
    byte[] md5 = signing.sign(US.key(), "MD5withRSA", OCTETS);
    Signature jdk = Signature.getInstance("MD5withRSA", "SunRsaSign");
    jdk.initVerify(US.certificate());
    jdk.update(OCTETS);
    assertThat(jdk.verify(md5)).isTrue();
  }

  private static void assertSigns(RsaSigning signing, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      byte[] made = signing.sign(US.key(), "SHA256withRSA", OCTETS);
      assertThat(verified(made, DigestAlgorithm.SHA256)).isTrue();
    }
  }

  private static boolean verified(byte[] made, DigestAlgorithm algorithm) throws Exception {
    Signature jdk = Signature.getInstance(algorithm.rsaSignatureName(), "SunRsaSign");
    jdk.initVerify(US.certificate());
    jdk.update(OCTETS);
    return jdk.verify(made);
  }
}
