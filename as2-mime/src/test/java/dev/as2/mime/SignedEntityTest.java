package dev.as2.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.mime.CmsSignature.Verification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 1847 §2.1, RFC 8551 §3.5.3. */
class SignedEntityTest {
  private static final RsaIdentity US = RsaIdentity.selfSigned("us");
  private static final Instant TIME = Instant.parse("2026-03-04T05:06:07Z");

  @TempDir Path folder;

  private static SignedEntity signed(
      Entity inner, DigestAlgorithm algorithm, boolean certificate, boolean protection) {
    return new SignedEntity(
        new DigestTap(inner, EnumSet.of(algorithm)),
        new Signer(US.key(), US.certificate(), algorithm, certificate, protection),
        new SignedEntity.Frame("the-boundary", algorithm.rfc5751Name(), TIME));
  }

  static Stream<Arguments> cases() {
    return Stream.of(DigestAlgorithm.values())
        .flatMap(d ->
            Stream.of(true, false)
                .flatMap(c -> Stream.of(true, false).map(p -> Arguments.of(d, c, p))));
  }

  @ParameterizedTest(name = "{0}, certificate {1}, algorithm protection {2}")
  @MethodSource("cases")
  void makesTheRoundTrip(DigestAlgorithm algorithm, boolean certificate, boolean protection)
      throws Exception {
    for (int size : new int[] {0, 1, 65_536, 200_000}) {
      Entity inner = Entities.of(Entities.noise(size));
      SignedEntity entity = signed(inner, algorithm, certificate, protection);

      byte[] body = Entities.body(entity);

      assertThat(entity.bodyLength()).hasValue(body.length);
      assertThat(Entities.body(entity)).as("second write").isEqualTo(body);
      assertThat(verified(body, inner)).isInstanceOf(Verification.Verified.class);
    }
  }

  private static Verification verified(byte[] body, Entity inner) throws IOException {
    MultipartInput parts = new MultipartInput(new ByteArrayInputStream(body), "the-boundary");
    byte[] content = parts.nextPart().readAllBytes();
    assertThat(content).isEqualTo(Entities.octets(inner));
    IncomingEntity signature = IncomingEntity.read(parts.nextPart(), 10_000);
    assertThat(signature.contentType()).isEqualTo("application/pkcs7-signature");
    return CmsSignature.parse(signature.body().readAllBytes(), 100_000)
        .verify(d -> d.newDigest().digest(content), List.of(US.certificate()));
  }

  @Test
  void announcesItselfAsTheStandardHasIt() {
    assertThat(signed(Entities.of(new byte[1]), DigestAlgorithm.SHA384, true, false).headers())
        .containsExactly(
            new Header(
                "Content-Type",
                "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-384;"
                    + " boundary=\"the-boundary\""));
  }

  @ParameterizedTest(name = "{0}, certificate {1}, algorithm protection {2}")
  @MethodSource("cases")
  void isVerifiedByOpenssl(DigestAlgorithm algorithm, boolean certificate, boolean protection)
      throws Exception {
    Entity inner = Entities.of("some text\r\n\0\rwith all\nline ends".getBytes());
    String body =
        new String(Entities.body(signed(inner, algorithm, certificate, protection)), ISO_8859_1);
    String[] parts = body.split("(\r\n)?--the-boundary(--)?\r\n", -1);
    assertThat(parts).hasSize(4);
    Files.writeString(folder.resolve("content"), parts[1], ISO_8859_1);
    String signature = parts[2].substring(parts[2].indexOf("\r\n\r\n") + 4);
    Pem.write(folder.resolve("us.pem"), US.certificate());

    for (String command : List.of("smime", "cms")) {
      List<String> arguments =
          List.of(
              command,
              "-verify",
              "-binary",
              "-inform",
              "DER",
              "-content",
              "content",
              "-CAfile",
              "us.pem",
              "-certfile",
              "us.pem",
              "-purpose",
              "any");
      assertThat(new SignatureOracle(folder).run(signature.getBytes(ISO_8859_1), arguments))
          .isEqualTo(Entities.octets(inner));
    }
  }

  @Test
  void refusesAContentThatBecameAnother() throws IOException {
    AtomicReference<byte[]> octets = new AtomicReference<>(new byte[] {1, 2, 3});
    Content changing =
        new Content() {
          @Override
          public long length() {
            return 3;
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(octets.get());
          }
        };
    SignedEntity entity =
        signed(new ContentEntity(Headers.EMPTY, changing), DigestAlgorithm.SHA256, true, false);
    Entities.body(entity);
    octets.set(new byte[] {1, 2, 4});

    assertThatThrownBy(() -> Entities.body(entity)).isInstanceOf(ContentChangedException.class);
    assertThat(entity.made()).isPresent();
  }

  @Test
  void isTakenForWholeByNobodyWhereTheSourceBreaks() {
    byte[] body = Entities.noise(200_000);
    for (int after : new int[] {0, 1, 1_000, 65_536, 199_999}) {
      SignedEntity entity =
          signed(Entities.breaking(body, after), DigestAlgorithm.SHA256, true, false);
      byte[] written = Entities.bodyUntilItBreaks(entity);

      assertThat(entity.made()).isEmpty();
      assertThatThrownBy(() -> verified(written, Entities.of(body)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void signsTheSameAfterAWriteThatBroke() throws IOException {
    byte[] body = Entities.noise(10_000);
    boolean[] broken = {true};
    Entity inner =
        new ForwardingEntity(Entities.of(body)) {
          @Override
          public void writeBodyTo(java.io.OutputStream out) throws IOException {
            (broken[0] ? Entities.breaking(body, 100) : Entities.of(body)).writeBodyTo(out);
          }
        };
    SignedEntity entity = signed(inner, DigestAlgorithm.SHA256, true, false);
    Entities.bodyUntilItBreaks(entity);
    broken[0] = false;

    assertThat(Entities.body(entity))
        .isEqualTo(Entities.body(signed(Entities.of(body), DigestAlgorithm.SHA256, true, false)));
  }
}
