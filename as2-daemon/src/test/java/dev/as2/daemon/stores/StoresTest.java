package dev.as2.daemon.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.FilePath;
import dev.as2.core.StoredFile;
import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoresTest {
  @TempDir Path root;

  private Stores read(String json) throws IOException {
    Files.writeString(root.resolve("stores.json"), json.replace('\'', '"'));
    return StoresJson.read(root).under(Optional.empty());
  }

  private static Content text(String text) {
    return Content.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void eachBucketIsTheFolderThatItsNameStandsFor() throws IOException {
    Files.createDirectories(root.resolve("a"));
    Files.createDirectories(root.resolve("all/other"));
    Stores stores =
        read(
            "{'Buckets':{'out':{'Type':'LOCAL','Root':'a'},'*':{'Type':'LOCAL','Root':'"
                + root.resolve("all")
                + "'}}}");

    stores.write(FilePath.parse("/out/x/1.edi"), text("one"), "text/plain");
    stores.write(FilePath.parse("/other/2.edi"), text("two"), "text/plain");

    assertThat(root.resolve("a/x/1.edi")).hasContent("one");
    assertThat(root.resolve("all/other/2.edi")).hasContent("two");
    assertThat(stores.list("out", "x/", 10))
        .extracting(StoredFile::path)
        .containsExactly(FilePath.parse("/out/x/1.edi"));
    assertThat(stores.writeIfAbsent(FilePath.parse("/out/x/1.edi"), text("no"), "text/plain"))
        .isFalse();
  }

  @Test
  void readsBackUnderTheNameThatWasAskedFor() throws IOException {
    Files.createDirectories(root.resolve("a"));
    Files.writeString(root.resolve("a/1.edi"), "one");
    Stores stores = read("{'Buckets':{'out':{'Type':'LOCAL','Root':'a'}}}");

    StoredFile file = stores.stat(FilePath.parse("/out/1.edi"));

    assertThat(file.path()).isEqualTo(FilePath.parse("/out/1.edi"));
    try (InputStream in = stores.open(file, 1)) {
      assertThat(in).hasContent("ne");
    }
    stores.delete(file.path());
    assertThat(root.resolve("a/1.edi")).doesNotExist();
  }

  @Test
  void aBucketThatNothingStandsForIsASentence() throws IOException {
    Stores stores = read("{'Buckets':{}}");

    assertThatThrownBy(() -> stores.stat(FilePath.parse("/out/1.edi")))
        .hasMessage("No store is configured for bucket out, and none for *.");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                              | stores.json: Buckets is missing.
          {'Buckets':{'b':{}}}                            | stores.json: Buckets.b.Type is missing.
          {'Buckets':{'b':{'Type':'FTP'}}}                | stores.json: Buckets.b.Type is 'FTP', not one of LOCAL, S3.
          {'Buckets':{'b':{'Type':'LOCAL'}}}              | stores.json: Buckets.b.Root is missing.
          {'Buckets':{'b':{'Type':'S3','PathStyle':'x'}}} | stores.json: Buckets.b.PathStyle is a string, not true or false.
          {'Buckets':{'b':{'Type':'S3','Port':9000}}}     | stores.json: Buckets.b.Port is unknown; known here are Type, Endpoint, Region, StsEndpoint, PathStyle, AssumeRole, Bucket.
          """)
  void saysWhichMemberIsWrong(String json, String sentence) {
    assertThatThrownBy(() -> read(json)).hasMessage(sentence);
  }
}
