package dev.as2.conformance;

import dev.as2.core.Mdn;
import dev.as2.core.MicScope;
import dev.as2.mime.DigestAlgorithm;
import java.io.PrintWriter;
import java.util.Base64;
import java.util.Map;

/** A message that was taken apart, as text. */
public final class ReplayText {
  private ReplayText() {}

  /** Prints each layer, the MICs, and what is wrong. */
  public static void print(Capture capture, Peeled peeled, PrintWriter out) {
    if (!capture.firstLine().isEmpty()) {
      out.println(capture.firstLine());
    }
    int number = 1;
    for (PeeledLayer layer : peeled.layers()) {
      out.printf("%n%s. %s%n", number++, layer.name());
      layer.headers().forEach(h -> out.printf("   %s: %s%n", h.name(), h.value()));
      layer.facts().forEach(fact -> out.println("   - " + fact));
      layer.faults().forEach(fault -> out.println("   ! " + fault));
    }
    peeled.mdn().ifPresent(mdn -> print(mdn, out));
    if (peeled.mdn().isEmpty()) {
      mics(peeled, out);
    }
    out.printf(
        "%n%s%n",
        peeled.faults().isEmpty()
            ? "Nothing is wrong with it."
            : peeled.faults().size() == 1
                ? "One fault (!)."
                : peeled.faults().size() + " faults (!).");
    out.flush();
  }

  private static void print(Mdn mdn, PrintWriter out) {
    out.printf("%nIt is an MDN:%n");
    mdn.fields().forEach(field -> out.printf("   %s: %s%n", field.name(), field.value()));
    out.println("   " + mdn.disposition());
  }

  private static void mics(Peeled peeled, PrintWriter out) {
    if (peeled.digests().isEmpty()) {
      return;
    }
    out.printf("%nMIC, over %s:%n", peeled.micScope().words());
    for (Map.Entry<MicScope, Map<DigestAlgorithm, byte[]>> scope : peeled.digests().entrySet()) {
      boolean right = scope.getKey() == peeled.micScope();
      out.printf("   %s %s%n", right ? "*" : " ", scope.getKey().words());
      scope
          .getValue()
          .forEach((algorithm, digest) ->
              out.printf(
                  "       %-8s %s%n",
                  algorithm.rfc5751Name(), Base64.getEncoder().encodeToString(digest)));
    }
  }
}
