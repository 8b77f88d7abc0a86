package dev.as2.conformance;

import dev.as2.conformance.Result.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A report in the XML that build servers read since JUnit 4: a test case for each scenario. What is
 * no MUST is a passed test with words on its output.
 */
public final class JunitReport {
  private JunitReport() {}

  /** Writes the file, in the place of one that is there. */
  public static void write(Report report, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      XMLStreamWriter xml =
          XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      write(report, xml);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("the report cannot be written to " + file + ": " + e.getMessage(), e);
    }
  }

  private static void write(Report report, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "AS2 conformance of " + report.endpoint().url());
    xml.writeAttribute("timestamp", report.started().toString());
    xml.writeAttribute("tests", String.valueOf(report.results().size()));
    xml.writeAttribute("failures", String.valueOf(report.count(Outcome.FAILED)));
    xml.writeAttribute("errors", String.valueOf(report.count(Outcome.BROKEN)));
    xml.writeAttribute("skipped", String.valueOf(report.count(Outcome.NOT_RUN)));
    xml.writeAttribute("time", seconds(report.took().toMillis()));
    for (Result result : report.results()) {
      write(result, xml);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static void write(Result result, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "as2.conformance");
    xml.writeAttribute("name", result.scenario().id());
    xml.writeAttribute("time", seconds(result.took().toMillis()));
    if (result.outcome() != Outcome.PASSED) {
      String words =
          result.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
      String element = element(result.outcome());
      xml.writeStartElement(element);
      if (!element.equals("system-out")) {
        xml.writeAttribute("message", printable(result.findings().get(0).sentence()));
      }
      xml.writeCharacters(printable(words));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String element(Outcome outcome) {
    return switch (outcome) {
      case FAILED -> "failure";
      case BROKEN -> "error";
      case NOT_RUN -> "skipped";
      default -> "system-out";
    };
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
  }

  /** XML has no place for control characters. */
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "?");
  }
}
