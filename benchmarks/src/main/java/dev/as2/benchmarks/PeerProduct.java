package dev.as2.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The other products, in the order in which they run; the one that needs most memory is last. */
enum PeerProduct {
  AS2_LIB("as2-lib", "dev.as2.benchmarks.as2lib.As2LibContender", "4g"),
  OPENAS2("openas2", "dev.as2.benchmarks.openas2.OpenAs2Contender", "4g"),
  CAMEL("camel", "dev.as2.benchmarks.camel.CamelContender", "12g");

  private final String label;
  private final String mainClass;
  private final String largeHeap;

  PeerProduct(String label, String mainClass, String largeHeap) {
    this.label = label;
    this.mainClass = mainClass;
    this.largeHeap = largeHeap;
  }

  /** Its name in the table, and that of its folder. */
  String label() {
    return label;
  }

  /** How it is started, with its own class path. */
  Child.Command command(Path peers, boolean large, List<String> arguments) throws IOException {
    return new Child.Command(
        label,
        List.of("-Xmx" + (large ? largeHeap : "4g")),
        Lab.jars(peers.resolve(label).resolve("target/lib")),
        mainClass,
        arguments);
  }
}
