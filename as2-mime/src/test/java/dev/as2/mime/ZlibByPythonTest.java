package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python's zlib opens a long stream of blocks; for this there must be a python3 on the path. */
@Tag("large")
class ZlibByPythonTest {
  /** Fails where the stream is cut or something follows it. */
  private static final String INFLATE =
      """
      import sys, zlib
      inflater = zlib.decompressobj()
      while piece := sys.stdin.buffer.read(1 << 20):
          sys.stdout.buffer.write(inflater.decompress(piece))
      sys.stdout.buffer.write(inflater.flush())
      sys.exit(0 if inflater.eof and not inflater.unused_data else "the stream is not whole")
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 9})
  void isOpened(int level) throws Exception {
    Path content = folder.resolve("content");
    Path zlib = folder.resolve("content.zlib");
    Path inflated = folder.resolve("inflated");
    try (OutputStream plain = Files.newOutputStream(content);
        OutputStream packed = Files.newOutputStream(zlib);
        ZlibOutput output = new ZlibOutput(packed, level, Cores.SHARED)) {
      for (int i = 0; i < 3; i++) {
        for (ZlibContent kind : ZlibContent.values()) {
          byte[] octets = kind.octets((2 << 20) + i);
          plain.write(octets);
          output.write(octets);
        }
      }
      output.finish();
    }
    Process python =
        start(
            new ProcessBuilder("python3", "-c", INFLATE)
                .redirectInput(zlib.toFile())
                .redirectOutput(inflated.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT));
    assertThat(python.waitFor()).isZero();
    assertThat(inflated).hasSameBinaryContentAs(content);
  }

  private static Process start(ProcessBuilder command) {
    try {
      return command.start();
    } catch (IOException e) {
      throw new UncheckedIOException("this test needs python3 on the path; install it", e);
    }
  }
}
