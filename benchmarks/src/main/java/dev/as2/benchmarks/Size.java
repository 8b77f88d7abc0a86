package dev.as2.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The files that are sent, in their sizes and in those of a smoke test. */
enum Size {
  KIB4("4k", 4L << 10, 4L << 10),
  MIB1("1m", 1L << 20, 1L << 20),
  MIB100("100m", 100L << 20, 2L << 20),
  GIB1("1g", 1L << 30, 4L << 20),
  /** Without content: a sparse file of zeros, which takes no space. */
  GIB16("16g", 16L << 30, 16L << 20);

  private final String label;
  private final long bytes;
  private final long smokeBytes;

  Size(String label, long bytes, long smokeBytes) {
    this.label = label;
    this.bytes = bytes;
    this.smokeBytes = smokeBytes;
  }

  String label() {
    return label;
  }

  long bytes(boolean smoke) {
    return smoke ? smokeBytes : bytes;
  }

  /** The file, made where it is not there yet. */
  Path file(Path folder, boolean smoke) throws IOException {
    long length = bytes(smoke);
    Path file = folder.resolve((smoke ? "smoke-" : "") + label + ".edi");
    return this == GIB16 ? sparse(file, length) : EdiFile.of(file, length);
  }

  private static Path sparse(Path file, long length) throws IOException {
    if (!Files.exists(file) || Files.size(file) != length) {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
      }
    }
    return file;
  }
}
