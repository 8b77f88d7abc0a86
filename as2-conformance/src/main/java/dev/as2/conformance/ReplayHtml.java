package dev.as2.conformance;

import dev.as2.core.MicScope;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A message that was taken apart, as one HTML file without scripts. */
public final class ReplayHtml {
  private ReplayHtml() {}

  /** Writes the file, in the place of one that is there. */
  public static void write(String title, Capture capture, Peeled peeled, Path file)
      throws IOException {
    Files.writeString(file, of(title, capture, peeled), StandardCharsets.UTF_8);
  }

  static String of(String title, Capture capture, Peeled peeled) {
    Html html = Html.page(title);
    if (!capture.firstLine().isEmpty()) {
      html.open("p").element("code", capture.firstLine()).close("p");
    }
    faults(html, peeled);
    html.element("h2", "Layers, outermost first");
    peeled.layers().forEach(layer -> layer(html, layer));
    if (peeled.mdn().isPresent()) {
      html.element("h2", "The MDN").open("dl");
      for (Header field : peeled.mdn().get().fields()) {
        html.entry(field.name(), field.value());
      }
      html.close("dl");
    } else if (!peeled.digests().isEmpty()) {
      mics(html, peeled);
    }
    return html.done();
  }

  private static void faults(Html html, Peeled peeled) {
    if (peeled.faults().isEmpty()) {
      html.element("p", "passed", "Nothing is wrong with it.");
      return;
    }
    html.element("h2", "What is wrong");
    for (String fault : peeled.faults()) {
      html.open("div", "class", "finding failed").element("p", fault).close("div");
    }
  }

  private static void layer(Html html, PeeledLayer layer) {
    html.open("section", "class", "layer").element("h3", layer.name()).open("dl");
    for (Header header : layer.headers()) {
      html.entry(header.name(), header.value());
    }
    html.close("dl").open("ul");
    layer.facts().forEach(fact -> html.element("li", fact));
    layer.faults().forEach(fault -> html.element("li", "failed", fault));
    html.close("ul")
        .open("details")
        .element("summary", "Its content, " + layer.content().total() + " bytes")
        .octets("Content of the layer: " + layer.name(), layer.content().text())
        .close("details")
        .close("section");
  }

  private static void mics(Html html, Peeled peeled) {
    html.element("h2", "MICs")
        .open("table")
        .element("caption", "The right one, and what products are known to hash instead.")
        .open("thead")
        .open("tr");
    for (String head : List.of("", "Over", "Algorithm", "Value")) {
      html.open("th", "scope", "col").text(head).close("th");
    }
    html.close("tr").close("thead").open("tbody");
    for (Map.Entry<MicScope, Map<DigestAlgorithm, byte[]>> scope : peeled.digests().entrySet()) {
      for (Map.Entry<DigestAlgorithm, byte[]> digest : scope.getValue().entrySet()) {
        boolean right =
            scope.getKey() == peeled.micScope()
                && peeled.signed().filter(s -> s != digest.getKey()).isEmpty();
        html.open("tr")
            .element("td", "word passed", right ? "right" : "")
            .element("td", scope.getKey().words())
            .element("td", digest.getKey().rfc5751Name())
            .open("td")
            .element("code", Base64.getEncoder().encodeToString(digest.getValue()))
            .close("td")
            .close("tr");
      }
    }
    html.close("tbody").close("table");
  }
}
