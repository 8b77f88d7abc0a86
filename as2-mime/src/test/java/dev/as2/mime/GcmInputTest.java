package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.SimpleAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 5083, RFC 5084: nothing that was changed is taken for whole. */
class GcmInputTest {
  private static final RsaIdentity US = RsaIdentity.selfSigned("us");
  private static final byte[] CONTENT = Entities.noise(30_000);
  private static final List<EnvelopedInput.Recipient> KEYS =
      List.of(new EnvelopedInput.Recipient(US.certificate(), US.key()));

  private static InputStream open(byte[] octets) throws IOException {
    return EnvelopedInput.open(new ByteArrayInputStream(octets), KEYS);
  }

  private static byte[] encrypted(boolean measured) throws Exception {
    Entity inner = Entities.of(CONTENT);
    ContentKey key =
        ContentKey.draw(ContentCipher.AES256_GCM, List.of(US.certificate()), new SecureRandom());
    return Entities.body(new EncryptedEntity(measured ? inner : Entities.unmeasured(inner), key));
  }

  @Test
  void givesThePlaintextFirstAndFailsAtItsEndWhereTheTagIsWrong() throws Exception {
    byte[] octets = encrypted(true);
    octets[octets.length - 1] ^= 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = open(octets)) {
      assertThatThrownBy(() -> in.transferTo(out))
          .isInstanceOf(MimeException.class)
          .hasMessageContaining("changed on its way");
      assertThatThrownBy(in::read).as("again").isInstanceOf(MimeException.class);
    }
    byte[] plain = Entities.octets(Entities.of(CONTENT));
    assertThat(out.size()).isBetween(plain.length - 32, plain.length - 1);
  }

  @Test
  void refusesEveryChangeOfContentTagAndNonce() throws Exception {
    for (boolean measured : List.of(true, false)) {
      byte[] whole = encrypted(measured);
      int behind = measured ? 0 : 6; // only ends of contents come after the tag
      Random random = new Random(5);
      int content = whole.length - behind - CONTENT.length;
      for (int i = 0; i < 200; i++) {
        byte[] changed = whole.clone();
        int where =
            i < 16 ? whole.length - behind - 1 - i : content + random.nextInt(CONTENT.length - 18);
        changed[where] ^= (byte) (1 << random.nextInt(8));
        assertThatThrownBy(() -> open(changed).readAllBytes())
            .as("octet %s", where)
            .isInstanceOf(IOException.class);
      }
      byte[] nonce = whole.clone();
      nonce[indexOf(whole, "040c") + 2] ^= 1;
      assertThatThrownBy(() -> open(nonce).readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  private static int indexOf(byte[] octets, String hex) {
    // The nonce follows the cipher's OID and its parameters' SEQUENCE.
    String all = HexFormat.of().formatHex(octets);
    return all.indexOf(hex, all.indexOf("060960864801650304012e")) / 2;
  }

  @Test
  void refusesATagOfAnotherLengthThanAnnounced() throws Exception {
    byte[] octets = encrypted(true);
    int length = indexOf(octets, "020110") + 2;
    octets[length] = 12;
    assertThatThrownBy(() -> open(octets).readAllBytes())
        .isInstanceOf(MimeException.class)
        .hasMessageContaining("the tag has 16 bytes, and 12 were announced");
    octets[length] = 8;
    assertThatThrownBy(() -> open(octets).readAllBytes())
        .isInstanceOf(MimeException.class)
        .hasMessageContaining("Invalid ICV length: 8");
  }

  @Test
  void authenticatesAttributesThatComeAfterTheContent() throws Exception {
    CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
    generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(US.certificate()));
    Attribute attribute =
        new Attribute(new ASN1ObjectIdentifier("1.2.3.4"), new DERSet(new DERUTF8String("a word")));
    generator.setAuthenticatedAttributeGenerator(
        new SimpleAttributeTableGenerator(new AttributeTable(attribute)));
    byte[] octets =
        generator
            .generate(
                new CMSProcessableByteArray(CONTENT),
                (OutputAEADEncryptor)
                    new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_GCM)
                        .setProvider(new BouncyCastleProvider())
                        .build())
            .getEncoded();

    assertThat(open(octets).readAllBytes()).isEqualTo(CONTENT);

    byte[] changed = octets.clone();
    changed[new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("a word")] ^=
        1;
    assertThatThrownBy(() -> open(changed).readAllBytes()).isInstanceOf(MimeException.class);
  }

  /** What some products send, though it is no standard: the tag is at the content's end. */
  @Test
  void checksTheTagOfGcmInEnvelopedDataToo() throws Exception {
    CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
    generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(US.certificate()));
    byte[] octets =
        generator
            .generate(
                new CMSProcessableByteArray(CONTENT),
                new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_GCM).build())
            .getEncoded();
    assertThat(open(octets).readAllBytes()).isEqualTo(CONTENT);
    octets[octets.length - 100] ^= 1;
    assertThatThrownBy(() -> open(octets).readAllBytes()).isInstanceOf(MimeException.class);
  }

  @Test
  void refusesOtherKindsOfAuthenticatedCiphers() throws Exception {
    byte[] octets = encrypted(true);
    octets[indexOf(octets, "060960864801650304012e") + 10] = 0x2F; // AES-256-CCM
    assertThatThrownBy(() -> open(octets).readAllBytes())
        .isInstanceOf(MimeException.class)
        .hasMessageContaining("2.16.840.1.101.3.4.1.47");
  }

  @Test
  void takesNoMoreIntoMemoryThanAThousandRecipientsHave() throws Exception {
    for (String oid : List.of("060b2a864886f70d0109100117", "06092a864886f70d010703")) {
      byte[] beginning = HexFormat.of().parseHex("3080" + oid + "a0803080020100" + "3180");
      List<InputStream> parts = new ArrayList<>();
      parts.add(new ByteArrayInputStream(beginning));
      for (int i = 0; i < 40; i++) {
        parts.add(new ByteArrayInputStream(longOctets()));
      }
      Counting counting = new Counting(new SequenceInputStream(Collections.enumeration(parts)));
      assertThatThrownBy(() -> EnvelopedInput.open(counting, KEYS).readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("too long around its content");
      assertThat(counting.count).isLessThan(3 << 20);
    }
  }

  /** Longer than the JDK's GCM takes: both ways in the memory of a few blocks. */
  @Test
  @Tag("large")
  void streamsMoreThanTwoGigabytesBothWays() throws Exception {
    long size = (2L << 30) + (1 << 20);
    ContentKey key =
        ContentKey.draw(ContentCipher.AES128_GCM, List.of(US.certificate()), new SecureRandom());
    Entity zeros = new ContentEntity(Headers.EMPTY, zeros(size));
    Pipe pipe = Pipe.open();
    try (InputStream in = new BufferedInputStream(Channels.newInputStream(pipe.source()), 1 << 16);
        OutputStream out = Channels.newOutputStream(pipe.sink())) {
      CompletableFuture<Void> written =
          CompletableFuture.runAsync(() -> {
            try {
              new EncryptedEntity(zeros, key).writeBodyTo(out);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      long read = 0;
      byte[] block = new byte[64 << 10];
      InputStream plain = EnvelopedInput.open(in, KEYS);
      for (int n = plain.read(block); n >= 0; n = plain.read(block)) {
        read += n;
      }
      assertThat(read).isEqualTo(zeros.length().orElseThrow());
      written.get();
    }
  }

  private static Content zeros(long size) {
    return new Content() {
      @Override
      public long length() {
        return size;
      }

      @Override
      public InputStream open() {
        return new Zeros(size);
      }
    };
  }

  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int n = (int) Math.min(length, left);
      left -= n;
      return n == 0 ? -1 : n;
    }
  }

  /** An octet string of 100 KiB, which no RecipientInfo is. */
  private static byte[] longOctets() {
    byte[] octets = new byte[5 + (100 << 10)];
    octets[0] = 0x04;
    octets[1] = (byte) 0x83;
    octets[2] = 0x01;
    octets[3] = (byte) 0x90;
    return octets;
  }

  private static final class Counting extends java.io.FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      count++;
      return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      count += n;
      return n;
    }
  }
}
