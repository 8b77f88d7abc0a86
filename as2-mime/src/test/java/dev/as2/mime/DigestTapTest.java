package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DigestTapTest {
  private static final byte[] BODY = Entities.noise(100_003);

  @ParameterizedTest
  @EnumSource
  void digestsTheEntityAndItsBodyAlone(DigestAlgorithm algorithm) throws IOException {
    DigestTap tap = new DigestTap(Entities.of(BODY), EnumSet.allOf(DigestAlgorithm.class));
    byte[] octets = Entities.octets(tap);

    assertThat(octets).isEqualTo(Entities.octets(Entities.of(BODY)));
    DigestTap.Digests digests = tap.digests().orElseThrow();
    assertThat(digests.entity().get(algorithm)).isEqualTo(algorithm.newDigest().digest(octets));
    assertThat(digests.body().get(algorithm)).isEqualTo(algorithm.newDigest().digest(BODY));
    assertThat(digests.body().get(algorithm)).hasSize(algorithm.size());
  }

  @Test
  void digestsTheSameHoweverTheBodyIsCut() throws IOException {
    DigestTap tap = new DigestTap(Entities.of(BODY), Set.of(DigestAlgorithm.SHA256));
    tap.writeTo(new ByteArrayOutputStream());
    byte[] first = tap.digests().orElseThrow().entity().get(DigestAlgorithm.SHA256);
    DigestTap cut =
        new DigestTap(
            new ForwardingEntity(Entities.of(BODY)) {
              @Override
              public void writeBodyTo(java.io.OutputStream out) throws IOException {
                super.writeBodyTo(Entities.octetByOctet(out));
              }
            },
            Set.of(DigestAlgorithm.SHA256));
    cut.writeTo(new ByteArrayOutputStream());
    assertThat(cut.digests().orElseThrow().entity().get(DigestAlgorithm.SHA256)).isEqualTo(first);
  }

  @Test
  void hasNoDigestsBeforeAWriteAndNoneAfterOneThatBroke() throws IOException {
    boolean[] broken = {false};
    DigestTap tap =
        new DigestTap(
            new ForwardingEntity(Entities.of(BODY)) {
              @Override
              public void writeBodyTo(java.io.OutputStream out) throws IOException {
                super.writeBodyTo(out);
                if (broken[0]) {
                  throw new IOException("broken");
                }
              }
            },
            Set.of(DigestAlgorithm.SHA1));
    assertThat(tap.digests()).isEmpty();
    Entities.body(tap);
    assertThat(tap.digests()).isPresent();
    broken[0] = true;
    Entities.bodyUntilItBreaks(tap);
    assertThat(tap.digests()).isEmpty();
  }

  @Test
  void knowsTheLengthThatItsEntityKnows() {
    assertThat(new DigestTap(Entities.of(BODY), Set.of()).bodyLength()).hasValue(BODY.length);
    assertThat(new DigestTap(Entities.unmeasured(Entities.of(BODY)), Set.of()).length()).isEmpty();
  }

  @Test
  void digestsLongWritesOnAnotherCoreAsWell() throws IOException {
    byte[] body = Entities.noise(20 << 20);
    DigestTap tap =
        new DigestTap(Entities.of(body), Set.of(), EnumSet.allOf(DigestAlgorithm.class));
    assertThat(Entities.body(tap)).isEqualTo(body);
    tap.digests()
        .orElseThrow()
        .body()
        .forEach((algorithm, digest) ->
            assertThat(digest).as("%s", algorithm).isEqualTo(algorithm.newDigest().digest(body)));
    assertThat(tap.digests().orElseThrow().entity()).isEmpty();
  }

  @Test
  void hasNoDigestsOfALongWriteThatBroke() {
    byte[] octets = new byte[20 << 20];
    DigestTap tap = new DigestTap(Entities.of(octets), EnumSet.allOf(DigestAlgorithm.class));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              tap.writeBodyTo(
                  new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                      throw new IOException("the line was cut");
                    }
                  }))
          .hasMessage("the line was cut");
      assertThat(tap.digests()).isEmpty();
    }
  }
}
