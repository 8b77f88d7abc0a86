package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFileStoreTest extends FileStoreContract {
  @TempDir private Path parent;
  private Path root;
  private Path outside;
  private FileStore store;

  @BeforeEach
  void makeFolders() throws IOException {
    root = Files.createDirectory(parent.resolve("bucket"));
    outside = Files.createDirectory(parent.resolve("outside"));
    store = LocalFileStore.of(Map.of("bucket", root));
  }

  @Override
  protected FileStore store() {
    return store;
  }

  @Override
  protected String bucket() {
    return "bucket";
  }

  @Override
  protected Optional<String> kept(String contentType) {
    return Optional.empty();
  }

  private void assertDenied(FilePath path) {
    StoredFile file = new StoredFile(path, 1, "1", Instant.EPOCH, Optional.empty());
    Content content = Content.of(octets(1, 1));
    assertFails(FailureCode.ACCESS_DENIED, () -> store.stat(path));
    assertFails(FailureCode.ACCESS_DENIED, () -> store.open(file, 0));
    assertFails(FailureCode.ACCESS_DENIED, () -> store.write(path, content, ""));
    assertFails(FailureCode.ACCESS_DENIED, () -> store.writeIfAbsent(path, content, ""));
    assertFails(FailureCode.ACCESS_DENIED, () -> store.delete(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/hostname", "a//b.edi", "a/", "/"})
  void refusesAKeyThatIsNoPathOfAFolder(String key) {
    assertDenied(path(key));
  }

  @Test
  void refusesALinkThatLeavesTheRoot() throws IOException {
    Path secret = Files.write(outside.resolve("secret"), octets(10, 1));
    Files.createSymbolicLink(root.resolve("file"), secret);
    Files.createSymbolicLink(root.resolve("folder"), outside);
    Files.createSymbolicLink(root.resolve("up"), Path.of("..", "outside"));
    assertDenied(path("file"));
    assertDenied(path("folder/secret"));
    assertDenied(path("folder/new/one.edi"));
    assertDenied(path("up/secret"));
    assertThat(secret).hasBinaryContent(octets(10, 1));
    assertThat(outside).isDirectoryNotContaining("glob:**new");
  }

  @Test
  void listsNothingThatALinkBringsInFromOutside() throws IOException {
    Files.write(outside.resolve("secret"), octets(10, 1));
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("folder"), outside);
    Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nothing"));
    assertThat(store.list("bucket", "", 10)).isEmpty();
  }

  @Test
  void followsALinkThatStaysInside() throws IOException {
    put("in/orders.edi", octets(10, 1));
    Files.createSymbolicLink(root.resolve("latest"), root.resolve("in/orders.edi"));
    try (InputStream in = store.open(store.stat(path("latest")), 0)) {
      assertThat(in.readAllBytes()).isEqualTo(octets(10, 1));
    }
    assertThat(store.list("bucket", "", 10))
        .extracting(file -> file.path().key())
        .containsExactly("in/orders.edi", "latest");
  }

  @Test
  void hasNoFileBehindALinkToNothingOrToItself() throws IOException {
    Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nothing"));
    Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store.stat(path("dangling")));
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store.stat(path("loop")));
  }

  @Test
  void makesEveryFolderOfAParentABucket() throws IOException {
    FileStore below = LocalFileStore.below(parent);
    below.write(FilePath.parse("/outside/a.edi"), Content.of(octets(10, 1)), "");
    assertThat(outside.resolve("a.edi")).hasBinaryContent(octets(10, 1));
    assertFails(FailureCode.PATH_NOT_FOUND, () -> below.stat(FilePath.parse("/other/a.edi")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", "bucket/..", "/", "bucket/"})
  void takesNoBucketForAFolderElsewhere(String bucket) {
    FileStore below = LocalFileStore.below(parent);
    assertFails(FailureCode.PATH_NOT_FOUND, () -> below.list(bucket, "", 10));
  }

  @Test
  void saysThatAFolderIsNoFile() throws IOException {
    put("in/orders.edi", octets(10, 1));
    Content content = Content.of(octets(1, 1));
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store.stat(path("in")));
    assertFails(FailureCode.SEND_FILE_NOT_FOUND, () -> store.stat(path("in/orders.edi/x")));
    assertFails(FailureCode.ACCESS_DENIED, () -> store.write(path("in"), content, ""));
    assertFails(FailureCode.ACCESS_DENIED, () -> store.writeIfAbsent(path("in"), content, ""));
    assertFails(
        FailureCode.PATH_NOT_FOUND, () -> store.write(path("in/orders.edi/x"), content, ""));
  }

  @Test
  void deletesNoFolder() throws IOException {
    Path folder = Files.createDirectory(root.resolve("in"));
    store.delete(path("in"));
    assertThat(folder).isDirectory();
  }

  @Test
  void saysThatAccessIsDenied() throws IOException {
    // Tests may run as root, whom no permission keeps out: so the translation by itself.
    As2Exception denied =
        LocalFaults.of(new AccessDeniedException("/srv/x"), "read", path("orders.edi"));
    assertThat(denied.code()).isEqualTo(FailureCode.ACCESS_DENIED);
    assertThat(denied)
        .hasMessage("Cannot read /bucket/orders.edi: the file system refuses access.");
  }

  @Test
  void noticesAnOverwriteInPlaceWhileTheFileIsRead() throws IOException {
    put("orders.edi", octets(200_000, 1));
    Files.setLastModifiedTime(root.resolve("orders.edi"), FileTime.from(Instant.EPOCH));
    try (InputStream in = store.open(store.stat(path("orders.edi")), 0)) {
      in.readNBytes(1000);
      Files.write(root.resolve("orders.edi"), octets(200_000, 2), StandardOpenOption.WRITE);
      assertFails(FailureCode.SOURCE_CHANGED, in::readAllBytes);
    }
  }

  @Test
  void noticesThatTheFileGrowsWhileItIsRead() throws IOException {
    StoredFile file = put("orders.edi", octets(200_000, 1));
    try (InputStream in = store.open(file, 0)) {
      in.readNBytes(1000);
      Files.write(root.resolve("orders.edi"), octets(1, 2), StandardOpenOption.APPEND);
      assertFails(FailureCode.SOURCE_CHANGED, in::readAllBytes);
    }
  }

  @Test
  void noticesThatTheFileShrinksWhileItIsRead() throws IOException {
    StoredFile file = put("orders.edi", octets(200_000, 1));
    try (InputStream in = store.open(file, 0)) {
      in.readNBytes(1000);
      Files.write(root.resolve("orders.edi"), octets(500, 1));
      assertFails(FailureCode.SOURCE_CHANGED, in::readAllBytes);
    }
  }

  @Test
  void noticesThatTheFileIsRemovedBeforeItsLastOctet() throws IOException {
    StoredFile file = put("orders.edi", octets(200_000, 1));
    try (InputStream in = store.open(file, 0)) {
      in.readNBytes(199_999);
      Files.delete(root.resolve("orders.edi"));
      assertFails(FailureCode.SOURCE_CHANGED, in::read);
    }
  }

  @Test
  void noticesARenamedFileOfTheSameSizeAndTime() throws IOException {
    StoredFile file = put("orders.edi", octets(100, 1));
    Path other = Files.write(root.resolve("other"), octets(100, 2));
    Files.setLastModifiedTime(other, FileTime.from(file.modified()));
    Files.delete(root.resolve("orders.edi"));
    Files.move(other, root.resolve("orders.edi"));
    assertFails(FailureCode.SOURCE_CHANGED, () -> store.open(file, 0));
  }

  @Test
  void leavesNoTemporaryFileBehind() throws IOException {
    keepsTheOldStateWhereTheNewContentBreaksOff();
    assertThat(store.writeIfAbsent(path("new.edi"), Content.of(octets(1, 1)), "")).isTrue();
    assertThat(store.writeIfAbsent(path("new.edi"), Content.of(octets(1, 2)), "")).isFalse();
    try (Stream<Path> left = Files.walk(root)) {
      assertThat(left.filter(Files::isRegularFile).map(root::relativize))
          .containsExactlyInAnyOrder(Path.of("orders.edi"), Path.of("new.edi"));
    }
  }

  @Test
  void doesNotListTheTemporaryFilesOfOthers() throws IOException {
    Files.write(root.resolve(".as2-0b0f.tmp"), octets(10, 1));
    assertThat(store.list("bucket", "", 10)).isEqualTo(List.of());
  }

  @Test
  void refusesContentThatIsNotAsLongAsItSays() {
    Content content =
        new Content() {
          @Override
          public long length() {
            return 11;
          }

          @Override
          public InputStream open() {
            return InputStream.nullInputStream();
          }
        };
    assertFails(FailureCode.STORE_UNAVAILABLE, () -> store.write(path("orders.edi"), content, ""));
    assertThat(root).isEmptyDirectory();
  }
}
