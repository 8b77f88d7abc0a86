package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorOptions.ResultLayout;
import dev.as2.core.SendResult.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS's names of result files, and what they become for names that AWS does not tell of. */
class ResultNamesTest {
  private static final String IDS =
      "dedf4601-4e90-4043-b16b-579af35e0d83.fbe18db8-7361-42ff-8ab6-49ec1e435f34@c9c705f0baaaabaa";

  private static SendResult.Transfer transfer(String path, String transferId) {
    return new SendResult.Transfer(
        new TransferId(transferId),
        new MessageId("fbe18db8-7361-42ff-8ab6-49ec1e435f34@c9c705f0baaaabaa"),
        Trade.CONNECTOR,
        FilePath.parse(path),
        Instant.EPOCH);
  }

  private static SendResult.Transfer transfer(String path) {
    return transfer(path, "dedf4601-4e90-4043-b16b-579af35e0d83");
  }

  @ParameterizedTest
  @CsvSource({
    "/b/d/orders.dat,      /b/d/orders.IDS.dat",
    "/b/orders.dat,        /b/orders.IDS.dat",
    "/b/d/orders,          /b/d/orders.IDS",
    "/b/d/a.b.tar.gz,      /b/d/a.b.tar.IDS.gz",
    "/b/d/.hidden,         /b/d/.hidden.IDS",
    "/b/d/.hidden.edi,     /b/d/.hidden.IDS.edi",
    "/b/d/orders.,         /b/d/orders.IDS.",
    "/b/d.x/orders,        /b/d.x/orders.IDS",
    "/b/d/ordérs.edi,      /b/d/ordérs.IDS.edi"
  })
  void standBesideTheFile(String path, String name) {
    String expected = name.replace("IDS", IDS);
    for (Status status : Status.values()) {
      assertThat(ResultNames.json(transfer(path), ResultLayout.BESIDE, status))
          .hasToString(expected + ".json");
      assertThat(ResultNames.mdn(transfer(path), ResultLayout.BESIDE, status))
          .hasToString(expected + ".mdn");
    }
  }

  @Test
  void standInFoldersBelowAsAwsHasThem() {
    SendResult.Transfer transfer = transfer("/b/d/orders.dat");
    assertThat(ResultNames.json(transfer, ResultLayout.FOLDERS, Status.COMPLETED))
        .hasToString("/b/d/processed/orders." + IDS + ".dat.json");
    assertThat(ResultNames.mdn(transfer, ResultLayout.FOLDERS, Status.FAILED))
        .hasToString("/b/d/failed/orders." + IDS + ".dat.mdn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "€", "\uD83D\uDE00"})
  void fitIntoAFileSystemHoweverLongTheFilesNameIs(String letter) {
    String many = letter.repeat(240 / letter.length());
    for (String name : new String[] {many + ".edi", "a." + many, many, "." + many}) {
      FilePath path =
          ResultNames.json(transfer("/b/" + name), ResultLayout.BESIDE, Status.COMPLETED);
      assertThat(path.name().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
      assertThat(path.name()).contains(IDS).endsWith(".json").doesNotContain("\uFFFD");
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(path.name())).isTrue();
    }
  }

  @Test
  void haveNoSlashOfATransferId() {
    assertThat(ResultNames.json(transfer("/b/a.edi", "x/y"), ResultLayout.BESIDE, Status.FAILED))
        .hasToString("/b/a.x_y.fbe18db8-7361-42ff-8ab6-49ec1e435f34@c9c705f0baaaabaa.edi.json");
  }
}
