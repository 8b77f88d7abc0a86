package dev.as2.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5652 §6, RFC 5083, RFC 8551 §3.3 and §3.4. */
class EncryptedEntityTest {
  private static final RsaIdentity PARTNER = RsaIdentity.selfSigned("partner");
  private static final List<EnvelopedInput.Recipient> KEYS =
      List.of(new EnvelopedInput.Recipient(PARTNER.certificate(), PARTNER.key()));

  private static ContentKey key(ContentCipher cipher) throws GeneralSecurityException {
    return ContentKey.draw(cipher, List.of(PARTNER.certificate()), new SecureRandom());
  }

  private static byte[] opened(byte[] enveloped) throws IOException {
    try (InputStream in = EnvelopedInput.open(new ByteArrayInputStream(enveloped), KEYS)) {
      return in.readAllBytes();
    }
  }

  static Stream<Arguments> cases() {
    return Entities.SIZES.stream()
        .flatMap(size -> Stream.of(ContentCipher.values()).map(c -> Arguments.of(size, c)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesTheRoundTripInDerAndInBer(int size, ContentCipher cipher) throws Exception {
    Entity inner = Entities.of(Entities.noise(size));
    ContentKey key = key(cipher);
    EncryptedEntity der = new EncryptedEntity(inner, key);
    EncryptedEntity ber = new EncryptedEntity(Entities.unmeasured(inner), key);

    byte[] definite = Entities.body(der);
    byte[] indefinite = Entities.body(ber);

    assertThat(der.bodyLength()).hasValue(definite.length);
    assertThat(der.length()).hasValue(Entities.octets(der).length);
    assertThat(ber.bodyLength()).isEmpty();
    assertThat(opened(definite)).isEqualTo(Entities.octets(inner));
    assertThat(opened(indefinite)).isEqualTo(Entities.octets(inner));
    assertThat(Entities.body(der)).as("second write").isEqualTo(definite);
    assertThat(Entities.body(ber)).as("second write").isEqualTo(indefinite);
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameOctetsWithAKeyThatWasKept(ContentCipher cipher) throws Exception {
    Entity inner = Entities.of(Entities.noise(10_000));
    ContentKey key = key(cipher);
    ContentKey kept = ContentKey.decoded(key.encoded());
    assertThat(Entities.body(new EncryptedEntity(inner, kept)))
        .isEqualTo(Entities.body(new EncryptedEntity(inner, key)));
    assertThat(kept.encoded()).isEqualTo(key.encoded());
  }

  @Test
  void refusesAKeptKeyThatIsNone() throws Exception {
    byte[] encoded = key(ContentCipher.AES128_CBC).encoded();
    byte[] another =
        new String(encoded, ISO_8859_1).replace("AES128", "AES129").getBytes(ISO_8859_1);
    for (byte[] octets : List.of(new byte[0], new byte[] {0x30, 0}, new byte[9], another)) {
      assertThatThrownBy(() -> ContentKey.decoded(octets))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void foretellsTheLengthOfWhatIsLongerThan2GiB(ContentCipher cipher) throws Exception {
    long size = 3L << 30;
    Entity huge =
        new ForwardingEntity(Entities.of(new byte[0])) {
          @Override
          public OptionalLong bodyLength() {
            return OptionalLong.of(size);
          }
        };
    assertThat(new EncryptedEntity(huge, key(cipher)).bodyLength().orElseThrow())
        .isBetween(size, size + size / 1_000);
  }

  @Test
  void isTheSameHoweverTheInnerEntityIsCut() throws Exception {
    Entity inner = Entities.of(Entities.noise(200_000));
    ContentKey key = key(ContentCipher.AES128_CBC);
    Entity cut =
        new ForwardingEntity(inner) {
          @Override
          public void writeTo(java.io.OutputStream out) throws IOException {
            super.writeTo(Entities.octetByOctet(out));
          }
        };
    assertThat(Entities.body(new EncryptedEntity(cut, key)))
        .isEqualTo(Entities.body(new EncryptedEntity(inner, key)));
  }

  @Test
  void differsFromMessageToMessage() throws Exception {
    Entity inner = Entities.of(new byte[100]);
    assertThat(Entities.body(new EncryptedEntity(inner, key(ContentCipher.AES256_CBC))))
        .isNotEqualTo(Entities.body(new EncryptedEntity(inner, key(ContentCipher.AES256_CBC))));
  }

  @Test
  void keepsItsKeyOutOfItsText() throws Exception {
    assertThat(key(ContentCipher.AES192_CBC)).hasToString("ContentKey[AES192_CBC]");
  }

  @ParameterizedTest
  @EnumSource
  void isTakenForWholeByNobodyWhereTheSourceBreaks(ContentCipher cipher) throws Exception {
    byte[] body = Entities.noise(200_000);
    for (int after : new int[] {0, 1, 1_000, 65_536, 131_072, 199_999}) {
      Entity inner = Entities.breaking(body, after);
      for (Entity each : List.of(inner, Entities.unmeasured(inner))) {
        byte[] written = Entities.bodyUntilItBreaks(new EncryptedEntity(each, key(cipher)));
        assertThatThrownBy(() -> opened(written)).isInstanceOf(IOException.class);
      }
    }
  }

  /** Octets of 01 look like a padding of one octet, wherever the ciphertext ends. */
  @ParameterizedTest
  @EnumSource
  void isNotTakenForWholeWhereTheLastOctetsLookLikePadding(ContentCipher cipher) throws Exception {
    byte[] ones = new byte[200_000];
    Arrays.fill(ones, (byte) 1);
    Entity ber = Entities.unmeasured(Entities.breaking(ones, 150_000));
    byte[] written = Entities.bodyUntilItBreaks(new EncryptedEntity(ber, key(cipher)));

    assertThatThrownBy(() -> opened(written)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"AES128_CBC", "AES128_GCM"})
  void isTakenForWholeByNobodyWhereverItWasCut(ContentCipher cipher) throws Exception {
    byte[] ones = new byte[40_000];
    Arrays.fill(ones, (byte) 1);
    Entity inner = Entities.of(ones);
    for (Entity each : List.of(inner, Entities.unmeasured(inner))) {
      byte[] whole = Entities.body(new EncryptedEntity(each, key(cipher)));
      int ends = cipher.isAuthenticated() ? 3 : 4;
      int endOfContents =
          each == inner ? 0 : ends * 2; // after content and tag nothing else is of interest
      for (int cut = 0; cut < whole.length - endOfContents; cut += cut < 500 ? 3 : 331) {
        byte[] part = Arrays.copyOf(whole, cut);
        assertThatThrownBy(() -> opened(part))
            .as("cut after %s", cut)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void refusesACertificateThatCannotBeEncryptedTo() {
    RsaIdentity curve = RsaIdentity.ofKind("curve", "secp256r1");
    for (KeyTransport transport : KeyTransport.values()) {
      assertThatThrownBy(() ->
              ContentKey.draw(
                  ContentCipher.AES128_CBC,
                  transport,
                  List.of(curve.certificate()),
                  new SecureRandom()))
          .isInstanceOf(GeneralSecurityException.class)
          .hasMessage("the recipient's key is EC, and only RSA keys can be encrypted to");
    }
  }

  @Test
  void refusesMoreThanGcmTakes() throws Exception {
    Entity huge =
        new ForwardingEntity(Entities.of(new byte[0])) {
          @Override
          public OptionalLong bodyLength() {
            return OptionalLong.of(1L << 36);
          }
        };
    ContentKey gcm = key(ContentCipher.AES256_GCM);
    assertThatThrownBy(() -> new EncryptedEntity(huge, gcm))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than the 64 GiB that AES-GCM takes");
    assertThat(new EncryptedEntity(huge, key(ContentCipher.AES256_CBC)).bodyLength()).isPresent();
  }

  @Test
  void opensForEachOfSeveralRecipients() throws Exception {
    RsaIdentity second = RsaIdentity.selfSigned("second");
    ContentKey key =
        ContentKey.draw(
            ContentCipher.AES128_CBC,
            List.of(PARTNER.certificate(), second.certificate()),
            new SecureRandom());
    Entity inner = Entities.of(Entities.noise(1_000));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EncryptedEntity(inner, key).writeBodyTo(out);

    for (RsaIdentity each : List.of(PARTNER, second)) {
      try (InputStream in =
          EnvelopedInput.open(
              new ByteArrayInputStream(out.toByteArray()),
              List.of(new EnvelopedInput.Recipient(each.certificate(), each.key())))) {
        assertThat(in.readAllBytes()).isEqualTo(Entities.octets(inner));
      }
    }
  }
}
