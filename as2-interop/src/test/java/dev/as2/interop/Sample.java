package dev.as2.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The contents that are sent, the same ones in each run. */
enum Sample {
  /** A kilobyte of EDI. */
  CRLF_TEXT("orders.edi", edi("\r\n")),
  /** As the one before, with line ends that MIME's canonical form has not. */
  LF_TEXT("orders.txt", edi("\n")),
  /** Every octet, also lone CRs and what looks like a boundary's start. */
  BINARY("orders.bin", random(70_001)),
  EMPTY("orders.xml", new byte[0]),
  ONE_BYTE("orders.csv", new byte[] {'1'}),
  /** More than is ever buffered. */
  FIVE_MEGABYTES("orders.zip", random(5 << 20)),
  /** Several blocks of what can be compressed, also between them. */
  A_MEGABYTE_OF_EDI("catalogue.edi", catalogue(1 << 20));

  private final String fileName;
  private final byte[] octets;

  Sample(String fileName, byte[] octets) {
    this.fileName = fileName;
    this.octets = octets;
  }

  byte[] octets() {
    return octets.clone();
  }

  /** The sample as a file of that folder. */
  Path writeTo(Path folder) throws IOException {
    return Files.write(folder.resolve(fileName), octets);
  }

  private static byte[] edi(String lineEnd) {
    String segment = "PO1*1*10*EA*9.25**BP*4711~" + lineEnd;
    return ("ISA*00*          *00*          ~" + lineEnd + segment.repeat(36)).getBytes(US_ASCII);
  }

  private static byte[] catalogue(int length) {
    Random random = new Random(length);
    StringBuilder segments = new StringBuilder(length + 80);
    for (int line = 1; segments.length() < length; line++) {
      segments.append(
          "LIN+%d++%013d:EN'\r\nQTY+21:%d:PCE'\r\nPRI+AAA:%d.%02d'\r\n"
              .formatted(
                  line,
                  random.nextInt(Integer.MAX_VALUE),
                  random.nextInt(5_000),
                  random.nextInt(900),
                  random.nextInt(100)));
    }
    return segments.substring(0, length).getBytes(US_ASCII);
  }

  private static byte[] random(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }
}
