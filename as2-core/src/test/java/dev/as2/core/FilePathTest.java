package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {
  @ParameterizedTest
  @CsvSource({
    "/bucket/orders.edi,    bucket, orders.edi",
    "bucket/orders.edi,     bucket, orders.edi",
    "/bucket/in/orders.edi, bucket, in/orders.edi",
    "/bucket/in/..x/a,      bucket, in/..x/a",
    "/bucket//a,            bucket, /a",
    "/bucket/a/,            bucket, a/"
  })
  void splitsABucketFromItsKey(String path, String bucket, String key) {
    assertThat(FilePath.parse(path)).isEqualTo(new FilePath(bucket, key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "bucket",
        "/bucket",
        "/bucket/",
        "//key",
        "/bucket/..",
        "/bucket/../other/key",
        "/bucket/a/./b",
        "/../key",
        "/bucket/a\nb",
        "/bucket/a\u0000b",
        "/bucket/a\u007Fb"
      })
  void refusesWhatIsNoPlaceInABucket(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> FilePath.parse(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001B[2J", "/b\u001B[2J", "b/../\u001B[2J", "b//\u009B2J/.."})
  void quotesNoControlCharacterInItsRefusal(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilePath.parse(path))
        .withMessage("path has a control character");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FilePath("", path))
        .withMessage("path has a control character");
  }

  @Test
  void takesAsManyCharactersAsAwsDoes() {
    assertThat(FilePath.parse("/b/" + "x".repeat(1021)).key()).hasSize(1021);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilePath.parse("/b/" + "x".repeat(1022)))
        .withMessageContaining("1025");
  }

  @Test
  void writesItselfAsItIsRead() {
    assertThat(FilePath.parse("bucket/in/a b.edi")).hasToString("/bucket/in/a b.edi");
  }

  @ParameterizedTest
  @CsvSource({
    "/b/in/orders.edi, orders.edi, x.json,           /b/in/x.json",
    "/b/orders.edi,    orders.edi, x.json,           /b/x.json",
    "/b/in/orders.edi, orders.edi, processed/x.json, /b/in/processed/x.json"
  })
  void namesItsNeighbours(String path, String name, String other, String sibling) {
    assertThat(FilePath.parse(path).name()).isEqualTo(name);
    assertThat(FilePath.parse(path).sibling(other)).hasToString(sibling);
  }
}
