package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Config.PreserveContentType;
import dev.as2.mime.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTest {
  private static String type(String name, String content, String kept, PreserveContentType preserve)
      throws Exception {
    InMemoryFileStore store = new InMemoryFileStore("b");
    FilePath path = new FilePath("b", "in/" + name);
    store.write(path, Content.of(content.getBytes()), kept);
    return ContentTypes.of(store.stat(path), store, preserve);
  }

  @ParameterizedTest
  @CsvSource({
    "a.x12,      application/edi-x12",
    "a.ANSI,     application/edi-x12",
    "a.edifact,  application/edifact",
    "a.edf,      application/edifact",
    "a.b.xml,    application/xml",
    "a.json,     application/json",
    "a.txt,      text/plain",
    "a.csv,      text/csv",
    "a.pdf,      application/pdf",
    "a.zip,      application/zip",
    "a.gz,       application/gzip",
    "a.dat,      application/octet-stream",
    "a.,         application/octet-stream",
    "a,          application/octet-stream",
    "xml,        application/octet-stream",
    "edi,        application/octet-stream",
    ".xml,       application/xml"
  })
  void followsTheExtension(String name, String type) throws Exception {
    assertThat(type(name, "ISA", "image/png", PreserveContentType.DISABLED)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "ISA*00,   application/edi-x12",
    "UNA:+.,   application/edifact",
    "UNB+UNOA, application/edifact",
    "UNH,      application/octet-stream",
    "IS,       application/octet-stream",
    "'',       application/octet-stream",
    "isa,      application/octet-stream"
  })
  void looksIntoAnEdiFile(String content, String type) throws Exception {
    assertThat(type("a.edi", content, "image/png", PreserveContentType.DISABLED)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "application/edi-consent,       application/edi-consent",
    "'text/plain; charset=utf-8',   'text/plain; charset=utf-8'",
    "nonsense,                      application/xml",
    "'',                            application/xml",
    "täxt/plain,                    application/xml"
  })
  void keepsTheStoresTypeWhereThatIsWantedAndOne(String kept, String type) throws Exception {
    assertThat(type("a.xml", "", kept, PreserveContentType.ENABLED)).isEqualTo(type);
  }

  @Test
  void letsNoSecondLineThrough() throws Exception {
    assertThat(type("a.xml", "", "a/b\r\nEvil: 1", PreserveContentType.ENABLED))
        .isEqualTo("application/xml");
  }
}
