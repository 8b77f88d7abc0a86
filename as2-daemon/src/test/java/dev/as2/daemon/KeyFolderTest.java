package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.CertificateId;
import dev.as2.daemon.aws.CertificateText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that openssl and keytool wrote. */
class KeyFolderTest {
  private static final CertificateId ID = new CertificateId("cert-0123456789abcdef0");

  @TempDir Path tools;
  @TempDir Path folder;

  @BeforeEach
  void makeKey() throws Exception {
    Tools.makeKey(tools);
  }

  private KeyFolder keys(String password) {
    return new KeyFolder(folder, Map.of(KeyFolder.PASSWORD_VARIABLE, password));
  }

  private void put(String made, String extension) throws IOException {
    Files.copy(
        tools.resolve(made), folder.resolve(ID + extension), StandardCopyOption.REPLACE_EXISTING);
  }

  private void assertThatKeyFits(KeyFolder keys) throws IOException {
    RSAPrivateKey key = (RSAPrivateKey) keys.key(ID).orElseThrow();
    RSAPublicKey publicKey =
        (RSAPublicKey)
            CertificateText.read(Files.readAllBytes(tools.resolve("certificate.pem")))
                .get(0)
                .getPublicKey();
    assertThat(key.getModulus()).isEqualTo(publicKey.getModulus());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          openssl pkcs8 -topk8 -nocrypt -in key.pem -out made                        | .key.pem
          openssl rsa -traditional -in key.pem -out made                             | .key.pem
          openssl pkcs8 -topk8 -v2 aes-256-cbc -passout pass:s3cret -in key.pem -out made | .key.pem
          openssl pkcs8 -topk8 -scrypt -passout pass:s3cret -in key.pem -out made    | .key.pem
          openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout pass:s3cret -in key.pem -out made | .key.pem
          openssl rsa -traditional -aes128 -passout pass:s3cret -in key.pem -out made | .key.pem
          openssl pkcs12 -export -passout pass:s3cret -in certificate.pem -inkey key.pem -out made | .p12
          """)
  void readsWhatOpensslWrites(String command, String extension) throws Exception {
    Tools.run(tools, command);
    put("made", extension);

    assertThatKeyFits(keys("s3cret"));
  }

  @Test
  void readsWhatKeytoolWrites() throws Exception {
    Tools.run(
        tools,
        "openssl pkcs12 -export -passout pass:s3cret -in certificate.pem -inkey key.pem -out one");
    Tools.run(
        tools,
        "keytool -importkeystore -noprompt -srckeystore one -srcstorepass s3cret"
            + " -srcstoretype PKCS12 -destkeystore two -deststorepass s3cret -deststoretype PKCS12");
    put("two", ".p12");

    assertThatKeyFits(keys("s3cret"));
  }

  @Test
  void thePasswordFileGoesBeforeTheEnvironment() throws Exception {
    Tools.run(tools, "openssl pkcs8 -topk8 -passout pass:s3cret -in key.pem -out made");
    put("made", ".key.pem");
    Files.writeString(folder.resolve(ID + ".password"), "s3cret\n");

    assertThatKeyFits(keys("wrong"));
  }

  @Test
  void aWrongPasswordIsOneSentenceWithTheFile() throws Exception {
    Tools.run(tools, "openssl pkcs8 -topk8 -passout pass:s3cret -in key.pem -out made");
    put("made", ".key.pem");

    assertThatThrownBy(() -> keys("wrong").key(ID))
        .hasMessageStartingWith(
            "certificates/" + ID + ".key.pem cannot be decrypted: the password is wrong");
  }

  @Test
  void aWrongPasswordOfAPkcs12FileIsOneSentence() throws Exception {
    Tools.run(
        tools,
        "openssl pkcs12 -export -passout pass:s3cret -in certificate.pem -inkey key.pem -out made");
    put("made", ".p12");

    assertThatThrownBy(() -> keys("wrong").key(ID))
        .hasMessageStartingWith(
            "certificates/" + ID + ".p12 cannot be opened: the password is wrong");
  }

  @Test
  void aMissingPasswordIsOneSentenceThatSaysWhereItWouldBe() throws Exception {
    Tools.run(tools, "openssl pkcs8 -topk8 -passout pass:s3cret -in key.pem -out made");
    put("made", ".key.pem");

    assertThatThrownBy(() -> new KeyFolder(folder, Map.of()).key(ID))
        .hasMessage(
            "certificates/%1$s.key.pem is encrypted, and there is no password for it (certificates/%1$s.password or AS2_KEY_PASSWORD would hold the password)."
                .formatted(ID));
  }

  @Test
  void aFileWithoutAKeyIsRefused() throws Exception {
    put("certificate.pem", ".key.pem");

    assertThatThrownBy(() -> keys("").key(ID))
        .hasMessageContaining(".key.pem holds no private key in PEM");
  }

  @Test
  void twoKeyFilesForOneCertificateAreRefused() throws Exception {
    put("key.pem", ".key.pem");
    put("key.pem", ".p12");

    assertThatThrownBy(() -> keys("").key(ID)).hasMessageContaining("are both there");
  }

  @Test
  void aCertificateWithoutAKeyFileHasNone() throws IOException {
    assertThat(keys("").key(ID)).isEmpty();
  }
}
