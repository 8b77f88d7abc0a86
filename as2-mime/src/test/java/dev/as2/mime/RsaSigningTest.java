package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens where there is no faster provider, or one that cannot work; see also the daemon. */
class RsaSigningTest {
  private static final String PROVIDER =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final RsaIdentity US = RsaIdentity.selfSigned("us");
  private static final byte[] OCTETS = Entities.noise(1000);

  @TempDir Path classPath;

  @Test
  void signsWithoutAFasterProvider() throws Exception {
    assertSigns(new RsaSigning(RsaSigningTest.class.getClassLoader(), 0));
    assertSigns(new RsaSigning(RsaSigningTest.class.getClassLoader(), 2));
  }

  @Test
  void signsWhereTheFasterProviderIsNamedAndMissing() throws Exception {
    Path services = Files.createDirectories(classPath.resolve("META-INF/services"));
    Files.writeString(services.resolve("java.security.Provider"), PROVIDER + "\n");
    try (URLClassLoader damaged =
        new URLClassLoader(new URL[] {classPath.toUri().toURL()}, getClass().getClassLoader())) {
      assertSigns(new RsaSigning(damaged, 1));
    }
  }

  private static void assertSigns(RsaSigning signing) throws Exception {
    for (int i = 0; i < 4; i++) {
      byte[] made = signing.sign(US.key(), "SHA256withRSA", OCTETS);

      Signature jdk = Signature.getInstance("SHA256withRSA");
      jdk.initVerify(US.certificate());
      jdk.update(OCTETS);
      assertThat(jdk.verify(made)).isTrue();
    }
  }
}
