package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that others encrypted, or damaged. */
class EnvelopedInputTest {
  private static final RsaIdentity US = RsaIdentity.selfSigned("us");
  private static final RsaIdentity STRANGER = RsaIdentity.selfSigned("stranger");
  private static final byte[] CONTENT = Entities.noise(5_000);

  private static List<EnvelopedInput.Recipient> keys(RsaIdentity... identities) {
    return java.util.Arrays.stream(identities)
        .map(i -> new EnvelopedInput.Recipient(i.certificate(), i.key()))
        .toList();
  }

  private static byte[] opened(byte[] enveloped, List<EnvelopedInput.Recipient> keys)
      throws IOException {
    try (InputStream in = EnvelopedInput.open(new ByteArrayInputStream(enveloped), keys)) {
      return in.readAllBytes();
    }
  }

  private static byte[] enveloped(JceKeyTransRecipientInfoGenerator recipient) throws Exception {
    CMSEnvelopedDataStreamGenerator generator = new CMSEnvelopedDataStreamGenerator();
    generator.addRecipientInfoGenerator(recipient);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var content =
        generator.open(out, new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build())) {
      content.write(CONTENT);
    }
    return out.toByteArray();
  }

  @Test
  void opensWithWhicheverKeyIsARecipients() throws Exception {
    byte[] enveloped = enveloped(new JceKeyTransRecipientInfoGenerator(US.certificate()));
    assertThat(opened(enveloped, keys(STRANGER, US))).isEqualTo(CONTENT);
  }

  @Test
  void opensWhereTheRecipientIsNamedByItsKeyId() throws Exception {
    byte[] keyId =
        new org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils()
            .createSubjectKeyIdentifier(US.certificate().getPublicKey())
            .getKeyIdentifier();
    byte[] enveloped =
        enveloped(new JceKeyTransRecipientInfoGenerator(keyId, US.certificate().getPublicKey()));

    assertThatThrownBy(() -> opened(enveloped, keys(STRANGER)))
        .isInstanceOf(MimeException.class)
        .hasMessageContaining("subject key id " + java.util.HexFormat.of().formatHex(keyId))
        .hasMessageNotContaining("null");
  }

  @Test
  void namesIssuerAndSerialOfTheOneThatItIsFor() throws Exception {
    byte[] enveloped = enveloped(new JceKeyTransRecipientInfoGenerator(US.certificate()));
    assertThatThrownBy(() -> opened(enveloped, keys(STRANGER)))
        .isInstanceOf(MimeException.class)
        .hasMessageContaining("issuer CN=us")
        .hasMessageContaining(US.certificate().getSerialNumber().toString())
        .hasMessageContaining("not to us");
  }

  @Test
  void refusesAKeyThatDoesNotFitItsCertificate() throws Exception {
    byte[] enveloped = enveloped(new JceKeyTransRecipientInfoGenerator(US.certificate()));
    List<EnvelopedInput.Recipient> wrong =
        List.of(new EnvelopedInput.Recipient(US.certificate(), STRANGER.key()));
    assertThatThrownBy(() -> opened(enveloped, wrong)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "hello, this is no CMS", "<html><body>no</body></html>"})
  void refusesWhatIsNoEnvelopedData(String octets) {
    assertThatThrownBy(() -> opened(octets.getBytes(), keys(US))).isInstanceOf(IOException.class);
  }

  @Test
  void refusesOtherKindsOfCms() throws Exception {
    byte[] compressed = Entities.body(new CompressedEntity(Entities.of(CONTENT)));
    assertThatThrownBy(() -> opened(compressed, keys(US))).isInstanceOf(MimeException.class);
  }

  /** Whatever comes, it is refused as data: no other exception, no endless loop. */
  @Test
  void failsWithNothingButIoExceptionsOnDamage() throws Exception {
    byte[] ber = enveloped(new JceKeyTransRecipientInfoGenerator(US.certificate()));
    byte[] der =
        Entities.body(
            new EncryptedEntity(
                Entities.of(CONTENT),
                ContentKey.draw(
                    ContentCipher.AES128_CBC, List.of(US.certificate()), new SecureRandom())));
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      byte[] damaged = (i % 2 == 0 ? ber : der).clone();
      int where = i < 400 ? random.nextInt(420) : random.nextInt(damaged.length);
      damaged[where] = (byte) random.nextInt(256);
      try {
        opened(damaged, keys(US));
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  @Test
  void keepsTheKeyOutOfItsText() {
    assertThat(keys(US).get(0)).hasToString("Recipient[CN=us]");
  }
}
