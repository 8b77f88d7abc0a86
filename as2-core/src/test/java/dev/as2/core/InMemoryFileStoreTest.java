package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.as2.core.InMemoryFileStore.Call;
import dev.as2.core.InMemoryFileStore.Operation;
import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class InMemoryFileStoreTest extends FileStoreContract {
  private static final IOException FAULT = new IOException("as told");

  private final InMemoryFileStore store = new InMemoryFileStore("bucket");

  @Override
  protected FileStore store() {
    return store;
  }

  @Override
  protected String bucket() {
    return "bucket";
  }

  @Test
  void failsTheChosenOperationOnTheChosenPathsUntilItIsHealed() throws IOException {
    put("a.edi", octets(10, 1));
    put("b.edi", octets(10, 1));
    store.failOn(Operation.STAT, path -> path.name().startsWith("a"), FAULT);
    assertThatIOException().isThrownBy(() -> store.stat(path("a.edi"))).isSameAs(FAULT);
    assertThat(store.stat(path("b.edi")).length()).isEqualTo(10);
    store.heal();
    assertThat(store.stat(path("a.edi")).length()).isEqualTo(10);
  }

  @Test
  void failsInTheMiddleOfAStream() throws IOException {
    StoredFile file = put("a.edi", octets(10, 1));
    InputStream in = store.open(file, 0);
    assertThat(in.readNBytes(5)).hasSize(5);
    store.failOn(Operation.READ, path -> true, FAULT);
    assertThatIOException().isThrownBy(in::read).isSameAs(FAULT);
  }

  @Test
  void failsTheCallOfOneNumberAndLeavesNothingOfIt() throws IOException {
    store.failCall(1, FAULT);
    store.list("bucket", "", 10);
    assertThatIOException()
        .isThrownBy(() -> store.write(path("a.edi"), Content.of(octets(10, 1)), "text/plain"))
        .isSameAs(FAULT);
    assertThat(store.list("bucket", "", 10)).isEmpty();
    assertThat(store.calls())
        .containsExactly(
            new Call(Operation.LIST, path("*")),
            new Call(Operation.WRITE, path("a.edi")),
            new Call(Operation.LIST, path("*")));
  }
}
