package dev.as2.daemon.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFolderTest {
  @TempDir Path root;

  private void put(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private SecretFolder secrets() {
    return new SecretFolder(root.resolve("secrets"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws/transfer/acme",
        "/aws/transfer/acme",
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:aws/transfer/acme-Ab12Cd",
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:aws/transfer/acme"
      })
  void findsASecretByNameAndByArn(String id) throws IOException {
    put("secrets/aws/transfer/acme.json", "{\"Username\":\"u\",\"Password\":\"p:w\"}");

    assertThat(secrets().credentials(id).username()).isEqualTo("u");
    assertThat(secrets().credentials(id).password()).isEqualTo("p:w");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "a/../../outside", "/../outside", "a//b", ".", "a\\b", ""})
  void findsNothingOutsideItsFolder(String id) throws IOException {
    put("outside.json", "{\"Username\":\"u\",\"Password\":\"p\"}");
    Files.createDirectories(root.resolve("secrets/a"));

    assertThatThrownBy(() -> secrets().credentials(id))
        .isInstanceOfSatisfying(
            As2Exception.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.CREDENTIALS_RETRIEVAL_FAILED));
  }

  @Test
  void refusesALinkThatLeadsOutside() throws IOException {
    put("outside.json", "{\"Username\":\"u\",\"Password\":\"p\"}");
    Files.createDirectories(root.resolve("secrets"));
    Files.createSymbolicLink(root.resolve("secrets/in.json"), root.resolve("outside.json"));

    assertThatThrownBy(() -> secrets().credentials("in")).hasMessageContaining("by a link");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          hunter2                                  | secrets/s.json is not JSON, line 1, column 1.
          {"Username":"u"}                         | secrets/s.json: the secret has no string Password.
          {"Username":"u","Password":7}            | secrets/s.json: the secret has no string Password.
          {"Username":"u:v","Password":"hunter2"}  | secrets/s.json: the secret's Username has a colon.
          {"Username":"u","Password":"hunter\\u00e9"} | secrets/s.json: the secret's Password has a character outside printable ASCII.
          """)
  void refusesOtherFormsWithoutQuotingThem(String content, String sentence) throws IOException {
    put("secrets/s.json", content);

    assertThatThrownBy(() -> secrets().credentials("s"))
        .isInstanceOfSatisfying(
            As2Exception.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_REQUEST))
        .hasMessage(sentence)
        .hasMessageNotContaining("hunter");
  }
}
