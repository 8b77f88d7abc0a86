package dev.as2.daemon.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** Log records as lines of JSON. */
final class JsonLines extends Formatter {
  @Override
  public String format(LogRecord record) {
    ObjectNode line = Json.object();
    line.put("time", record.getInstant().toString());
    line.put("level", record.getLevel().getName());
    line.put("logger", record.getLoggerName());
    line.put("message", formatMessage(record));
    if (record.getThrown() != null) {
      StringWriter trace = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(trace));
      line.put("thrown", trace.toString());
    }
    return Json.line(line) + "\n";
  }
}
