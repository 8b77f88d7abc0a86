package dev.as2.conformance;

/** What a content's lines end with: where signatures and MICs go wrong first. */
final class LineEndFacts {
  private LineEndFacts() {}

  static String of(byte[] content) {
    int crlf = 0;
    int lf = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        boolean after = i > 0 && content[i - 1] == '\r';
        crlf += after ? 1 : 0;
        lf += after ? 0 : 1;
      }
    }
    if (crlf + lf == 0) {
      return "It has no line ends.";
    }
    return lf == 0
        ? "All its lines end with CRLF."
        : crlf == 0
            ? "All its lines end with LF alone."
            : "%s of its lines end with CRLF, and %s with LF alone.".formatted(crlf, lf);
  }
}
