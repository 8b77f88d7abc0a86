package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.mime.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4130 §7.4.3, and how partners write it. */
final class MicTest {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SHA1 = DigestAlgorithm.SHA1.newDigest().digest(ABC);
  private static final byte[] SHA512 = DigestAlgorithm.SHA512.newDigest().digest(ABC);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=, sha1|SHA1",
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=,sha1|SHA1",
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=,SHA-1|SHA1",
        "`  qZk+NkcGgWq6PiVxeFDCbJzQ2J0=  ,   sha-1  `|SHA1",
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=, \"sha1\"|SHA1",
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=, rsa-sha1|SHA1",
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=, 1.3.14.3.2.26|SHA1",
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0, sha1|SHA1",
        "a9993e364706816aba3e25717850c26c9cd0d89d, sha1|SHA1",
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=|",
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=,|",
        "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=, md5000|",
        "`qZk+NkcGgWq6\r\n PiVxeFDCbJzQ2J0=, sha1`|SHA1"
      })
  void readsTheFieldAsPartnersWriteIt(String field, DigestAlgorithm algorithm) {
    Mic mic = Mic.parse(field).orElseThrow();

    assertThat(mic.states(SHA1)).isTrue();
    assertThat(mic.states(SHA512)).isFalse();
    assertThat(mic.algorithm().orElse(null)).isEqualTo(algorithm);
  }

  @ParameterizedTest
  @CsvSource({
    "sha256,SHA256",
    "SHA-256,SHA256",
    "sha_256,SHA256",
    "sha2-256,SHA256",
    "sha384,SHA384",
    "Sha-384,SHA384",
    "sha-512,SHA512",
    "2.16.840.1.101.3.4.2.3,SHA512"
  })
  void knowsTheSpellingsOfSha2(String name, DigestAlgorithm algorithm) {
    assertThat(Mic.parse("AAAA," + name).orElseThrow().algorithm()).contains(algorithm);
  }

  @Test
  void readsASha512ThatIsWrapped() {
    String base64 = Base64.getEncoder().encodeToString(SHA512);
    String wrapped = base64.substring(0, 60) + "\r\n\t" + base64.substring(60) + ",\r\n sha-512";

    assertThat(Mic.parse(wrapped).orElseThrow().states(SHA512)).isTrue();
    assertThat(Mic.parse(wrapped)).contains(Mic.of(SHA512, DigestAlgorithm.SHA512));
  }

  @Test
  void isNothingWhereThereIsNoDigest() {
    assertThat(Mic.parse("")).isEmpty();
    assertThat(Mic.parse(" , sha1")).isEmpty();
  }

  @Test
  void doesNotTakeTheStartOfADigestForIt() {
    Mic mic = Mic.parse(HexFormat.of().formatHex(SHA1).substring(0, 20) + ", sha1").orElseThrow();
    assertThat(mic.states(SHA1)).isFalse();
  }
}
