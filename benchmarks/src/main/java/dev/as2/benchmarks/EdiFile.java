package dev.as2.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SplittableRandom;

/**
 * Generates EDI: purchase orders, X12 and EDIFACT in turn, whose segments vary as those of real
 * ones do. The same size gives the same octets on every machine. Not thread-safe.
 */
final class EdiFile {
  private static final long SEED = 20_261_121;
  private static final int BUFFER_BYTES = 1 << 20;

  private static final String[] WORDS = {
    "VALVE", "BRASS", "STEEL", "M8X40", "HEX", "BOLT", "GASKET", "PUMP", "FILTER", "HOUSING",
        "LEFT",
    "RIGHT", "BLUE", "WHITE", "COTTON", "SHIRT", "PACK", "OF", "12", "500ML", "ORGANIC", "RINSE",
    "TRAY", "LARGE", "SMALL", "COVER", "SENSOR", "CABLE", "2M", "WITH", "CONNECTOR", "SPARE"
  };

  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";

  private static final String[] UNITS = {"EA", "CA", "PK", "KG", "BX", "PL"};

  private static final String[] CITIES = {
    "COLUMBUS*OH", "RENO*NV", "AUSTIN*TX", "TACOMA*WA", "NEWARK*NJ", "MACON*GA", "BOISE*ID"
  };

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final StringBuilder text = new StringBuilder();
  private long number;

  private EdiFile() {}

  /**
   * Writes a file of exactly this size, unless it is there already.
   *
   * @param bytes its size
   */
  static Path of(Path file, long bytes) throws IOException {
    if (Files.exists(file) && Files.size(file) == bytes) {
      return file;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), BUFFER_BYTES)) {
      new EdiFile().write(out, bytes);
    }
    return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void write(OutputStream out, long bytes) throws IOException {
    long left = bytes;
    // Shorter ones where a longer one does not fit any more.
    for (int mostLines = 24; mostLines > 0; ) {
      text.setLength(0);
      order(mostLines);
      if (text.length() <= left) {
        out.write(octets());
        left -= text.length();
      } else {
        mostLines /= 2;
      }
    }
    text.setLength(0);
    note((int) left);
    out.write(octets());
  }

  private byte[] octets() {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void order(int mostLines) {
    number++;
    int lines = 1 + random.nextInt(mostLines);
    if (number % 2 == 1) {
      x12(lines);
    } else {
      edifact(lines);
    }
  }

  private void x12(int lines) {
    text.append("ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *261121*")
        .append(number)
        .append("*U*00401*000000001*0*P*>~\nGS*PO*BUYER*SELLER*20261121*1200*")
        .append(number)
        .append("*X*004010~\nST*850*0001~\nBEG*00*SA*45");
    digits(8).append("**20261121~\nN1*ST*STORE ");
    digits(4).append("*92*");
    digits(7).append("~\nN4*").append(any(CITIES)).append('*');
    digits(5).append("~\n");
    for (int line = 1; line <= lines; line++) {
      text.append("PO1*").append(line).append('*').append(quantity()).append('*');
      text.append(any(UNITS)).append('*').append(price()).append('.');
      digits(2).append("**UP*0");
      digits(11).append("*VN*");
      code().append("~\nPID*F****");
      words();
      text.append("~\n");
      if (random.nextInt(3) > 0) {
        text.append("REF*LI*");
        code().append("~\n");
      }
    }
    text.append("CTT*").append(lines).append("~\nSE*").append(lines).append("*0001~\nGE*1*");
    text.append(number).append("~\nIEA*1*000000001~\n");
  }

  private void edifact(int lines) {
    text.append("UNB+UNOC:3+4012345000009:14+4098765000003:14+261121:1200+").append(number);
    text.append("'\nUNH+1+ORDERS:D:96A:UN'\nBGM+220+45");
    digits(8).append("+9'\nDTM+137:20261121:102'\nNAD+BY+40");
    digits(11).append("::9'\n");
    for (int line = 1; line <= lines; line++) {
      text.append("LIN+").append(line).append("++40");
      digits(11).append(":EN'\nPIA+1+");
      code().append(":SA'\nIMD+F++:::");
      words();
      text.append("'\nQTY+21:").append(quantity()).append(":PCE'\nPRI+AAA:").append(price());
      text.append('.');
      digits(2).append("'\n");
    }
    text.append("UNS+S'\nCNT+2:").append(lines).append("'\nUNT+").append(lines);
    text.append("+1'\nUNZ+1+").append(number).append("'\n");
  }

  /** What is left at the end: one free text. */
  private void note(int length) {
    text.append("NTE*GEN*");
    while (text.length() < length) {
      words();
      text.append(' ');
    }
    text.setLength(length);
    if (length > 1) {
      text.replace(length - 2, length, "~\n");
    }
  }

  private void words() {
    int words = 1 + random.nextInt(3);
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(any(WORDS));
    }
  }

  private String any(String[] all) {
    return all[random.nextInt(all.length)];
  }

  private StringBuilder digits(int count) {
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text;
  }

  /** What a supplier calls an article. */
  private StringBuilder code() {
    for (int i = 0; i < 14; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text;
  }

  private int quantity() {
    return 1 + random.nextInt(500);
  }

  private int price() {
    return random.nextInt(300);
  }
}
