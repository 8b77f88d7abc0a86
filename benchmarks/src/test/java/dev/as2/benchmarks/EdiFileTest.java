package dev.as2.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdiFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 100, 4096, 65_537, 1 << 20})
  void isExactlyAsLongAsAsked(long bytes) throws IOException {
    assertThat(EdiFile.of(folder.resolve("a.edi"), bytes)).hasSize(bytes);
  }

  @Test
  void isTheSameEverywhere() throws IOException {
    Path first = EdiFile.of(folder.resolve("a.edi"), 200_000);
    Path second = EdiFile.of(folder.resolve("b.edi"), 200_000);

    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void isMadeAgainWhereItHasAnotherSize() throws IOException {
    Path file = Files.writeString(folder.resolve("a.edi"), "another one");

    assertThat(EdiFile.of(file, 4096)).hasSize(4096);
  }

  @Test
  void packsAsRealOnesDo() throws IOException {
    byte[] data = Files.readAllBytes(EdiFile.of(folder.resolve("a.edi"), 1 << 20));
    Deflater deflater = new Deflater(6);
    deflater.setInput(data);
    deflater.finish();
    int packed = deflater.deflate(new byte[data.length]);

    assertThat((double) data.length / packed).isBetween(2.5, 3.0);
  }

  @Test
  void hasOrdersOfBothKinds() throws IOException {
    String text =
        Files.readString(EdiFile.of(folder.resolve("a.edi"), 4096), StandardCharsets.US_ASCII);

    assertThat(text).startsWith("ISA*00*").contains("UNH+1+ORDERS:D:96A:UN'").endsWith("~\n");
  }
}
