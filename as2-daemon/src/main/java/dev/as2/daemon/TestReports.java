package dev.as2.daemon;

import dev.as2.conformance.HtmlReport;
import dev.as2.conformance.JsonReport;
import dev.as2.conformance.JunitReport;
import dev.as2.conformance.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a conformance report, in one folder. */
final class TestReports {
  private TestReports() {}

  /** Writes all of them, and says where. */
  static void write(Report report, Path folder, PrintWriter out) throws IOException {
    Files.createDirectories(folder);
    HtmlReport.write(report, folder.resolve("report.html"));
    JsonReport.write(report, folder.resolve("report.json"));
    JunitReport.write(report, folder.resolve("TEST-as2-conformance.xml"));
    out.println("Written to " + folder + ": report.html, report.json, TEST-as2-conformance.xml");
  }
}
