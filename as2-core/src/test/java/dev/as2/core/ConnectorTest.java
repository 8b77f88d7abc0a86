package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.mime.DigestAlgorithm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connector, its configuration and its profiles may not be. */
class ConnectorTest {
  private static final As2Config AS2 = Trade.connector(URI.create("https://x/")).as2();

  private static As2Config as2(Optional<String> subject, Optional<String> secret) {
    return new As2Config(
        AS2.localProfileId(),
        AS2.partnerProfileId(),
        subject,
        AS2.compression(),
        AS2.encryptionAlgorithm(),
        AS2.signingAlgorithm(),
        AS2.mdnSigningAlgorithm(),
        AS2.mdnResponse(),
        AS2.preserveContentType(),
        secret);
  }

  private static Connector connector(String url, As2Config as2) {
    return new Connector(
        Trade.CONNECTOR, URI.create(url), as2, Optional.empty(), Optional.empty(), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://partner/as2            | neither http nor https: ftp://partner/as2",
        "/as2                         | neither http nor https",
        "mailto:a@b                   | neither http nor https",
        "https:///as2                 | no host",
        "https://user:pw@partner/     | a user or a fragment",
        "https://partner/as2#here     | a user or a fragment"
      })
  void refusesAUrlThatLeadsNowhere(String url, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector(url, AS2))
        .withMessageContaining(sentence)
        .withMessageNotContaining("pw");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://p", "HTTPS://p:443/a?b=c&d", "https://[::1]:4080/", "http://1.2.3.4:1"})
  void takesAUrlOfEitherKind(String url) {
    assertThat(connector(url, AS2).url()).hasToString(url);
  }

  @Test
  void refusesAUrlOfMoreThan255Characters() {
    String url = "https://partner/" + "x".repeat(239);
    assertThat(connector(url, AS2).url().toString()).hasSize(255);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector(url + "x", AS2))
        .withMessageContaining("255");
  }

  @Test
  void refusesNoEncryptionWithoutHttps() {
    As2Config plain = Trade.connector(URI.create("https://x/"), Set.of(), Map.of()).as2();
    assertThat(connector("https://partner/", plain).as2()).isEqualTo(plain);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector("http://partner/", plain))
        .withMessage("EncryptionAlgorithm NONE needs an https Url, and Url is http://partner/");
  }

  @Test
  void refusesAPasswordWithoutHttps() {
    As2Config secret = as2(Optional.empty(), Optional.of("id"));
    assertThat(connector("https://partner/", secret).as2().basicAuthSecretId()).contains("id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector("http://partner/", secret))
        .withMessageContaining("BasicAuthSecretId needs an https Url");
  }

  @Test
  void refusesMdnsThatNobodyWouldReceive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trade.connector(
                URI.create("https://x/"),
                Set.of(),
                Map.of(),
                MdnSigningAlgorithm.DEFAULT,
                MdnResponse.ASYNC))
        .withMessageContaining("MdnResponse ASYNC needs AsyncMdnConfig.Url");
  }

  @Test
  void refusesAWrongOptionWhenItIsMade() {
    Connector connector = connector("https://partner/", AS2);
    assertThat(connector.with(ConnectorOption.FRAMING, "CHUNKED").options().packing().framing())
        .isEqualTo(ConnectorOptions.Framing.CHUNKED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connector.with(ConnectorOption.FRAMING, "SOMEHOW"))
        .withMessage("tag as2:framing is 'SOMEHOW', not AUTO, CONTENT_LENGTH or CHUNKED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\r\nb", "ä", "a\u007f"})
  void refusesASubjectThatIsNone(String subject) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> as2(Optional.of(subject), Optional.empty()))
        .withMessageContaining("MessageSubject");
  }

  @Test
  void takesASubjectOf1024CharactersAndNoMore() {
    assertThat(as2(Optional.of("\tx ".repeat(341) + "x"), Optional.empty()).messageSubject())
        .isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> as2(Optional.of("x".repeat(1_025)), Optional.empty()))
        .withMessageContaining("1025 characters, not 1 to 1024");
  }

  @Test
  void refusesOneProfileOnBothSides() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new As2Config(
                AS2.localProfileId(),
                AS2.localProfileId(),
                Optional.empty(),
                AS2.compression(),
                AS2.encryptionAlgorithm(),
                AS2.signingAlgorithm(),
                AS2.mdnSigningAlgorithm(),
                AS2.mdnResponse(),
                AS2.preserveContentType(),
                Optional.empty()))
        .withMessageContaining("are the same: p-00000000000000001");
  }

  @Test
  void resolvesTheMdnsSignature() {
    Optional<DigestAlgorithm> signing = Optional.of(DigestAlgorithm.SHA384);
    assertThat(MdnSigningAlgorithm.DEFAULT.resolve(signing)).isEqualTo(signing);
    assertThat(MdnSigningAlgorithm.DEFAULT.resolve(Optional.empty())).isEmpty();
    assertThat(MdnSigningAlgorithm.NONE.resolve(signing)).isEmpty();
    assertThat(MdnSigningAlgorithm.SHA1.resolve(signing)).contains(DigestAlgorithm.SHA1);
  }

  @Test
  void refusesAProfileWithMoreThanTenCertificatesOrASpaceInOurName() {
    List<CertificateId> eleven =
        java.util.stream.IntStream.range(10, 21)
            .mapToObj(i -> new CertificateId("cert-000000000000000" + i))
            .toList();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Profile(Trade.LOCAL_PROFILE, Profile.Type.LOCAL, Trade.OUR_ID, eleven))
        .withMessageContaining("more than 10");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Profile(Trade.LOCAL_PROFILE, Profile.Type.LOCAL, new As2Id("a b"), List.of()))
        .withMessageContaining("has a space: 'a b'");
  }

  @ParameterizedTest
  @CsvSource({"a:b,x", "ä,x", "a,ä", "'a\n',x", "a,'x\r'"})
  void refusesCredentialsThatHttpCannotCarry(String username, String password) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BasicCredentials(username, password))
        .withMessageNotContaining("ä");
    assertThat(new BasicCredentials("user", "secret")).hasToString("BasicCredentials[user]");
  }
}
