package dev.as2.conformance;

import dev.as2.core.As2Handler;
import dev.as2.core.Limits;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Where an endpoint under test posts asynchronous MDNs to (RFC 4130 §7.2): the handler of a server
 * that it can reach. Each message has a path of its own, so that an MDN is known by where it comes
 * to and not by what it says.
 *
 * <p>Safe for use by several threads. Holds MDNs whole, {@link Limits#ANSWER_BYTES} at the most,
 * and {@value AwaitedMdn#KEPT} of a message, of the last {@value #PLACES} messages.
 */
public final class MdnListener implements As2Handler {
  /** More than a scenario has messages; what comes for older ones is stray. */
  static final int PLACES = 8;

  private final URI url;
  private final Duration patience;
  private final Map<String, AwaitedMdn> places = Collections.synchronizedMap(new LinkedHashMap<>());
  private volatile Optional<String> stray = Optional.empty();

  /**
   * @param url where the endpoint reaches the server; http or https, and below it is ours
   * @param patience how long an MDN may take
   * @throws IllegalArgumentException where the URL is none of these, or has a query
   */
  public MdnListener(URI url, Duration patience) {
    String scheme = String.valueOf(url.getScheme());
    boolean isHttp = scheme.equals("http") || scheme.equals("https");
    if (!isHttp || url.getHost() == null || url.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "the URL for MDNs is not http:// or https:// with a host and without a query: " + url);
    }
    this.url = url;
    this.patience = patience;
  }

  /** A place for the MDN of one message. */
  AwaitedMdn open() {
    stray = Optional.empty();
    String name = UUID.randomUUID().toString();
    AwaitedMdn place = new AwaitedMdn(URI.create(base() + name), patience);
    synchronized (places) {
      places.put(name, place);
      if (places.size() > PLACES) {
        places.remove(places.keySet().iterator().next());
      }
    }
    return place;
  }

  private String base() {
    return url.toString().endsWith("/") ? url.toString() : url + "/";
  }

  /** A URL of the same host where nobody listens. */
  URI nowhere() {
    return URI.create("http://" + url.getHost() + ":1/mdn");
  }

  /** Where something came to that was no place, since the last place was opened. */
  Optional<String> stray() {
    return stray;
  }

  @Override
  public Answer handle(Request request) throws IOException {
    String path = request.path();
    AwaitedMdn place = places.get(path.substring(path.lastIndexOf('/') + 1));
    if (place == null) {
      stray = Optional.of(path);
      return text(404, "No message's MDN belongs here.");
    }
    byte[] body = request.body().readNBytes(Limits.ANSWER_BYTES + 1);
    return body.length > Limits.ANSWER_BYTES
        ? text(413, "An MDN has at most " + Limits.ANSWER_BYTES + " bytes here.")
        : new Answer(place.arrived(request, body), Headers.EMPTY, new byte[0]);
  }

  private static Answer text(int status, String sentence) {
    return new Answer(
        status,
        Headers.of("Content-Type", "text/plain"),
        (sentence + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
