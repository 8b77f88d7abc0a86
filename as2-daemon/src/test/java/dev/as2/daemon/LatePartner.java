package dev.as2.daemon;

import dev.as2.core.As2Handler;
import dev.as2.core.AsyncMdns.Arrived;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A partner who answers with nothing, and has its MDNs ready to be posted later. Safe for use by
 * several threads.
 */
public final class LatePartner implements As2Handler {
  private static final Set<String> NOT_OURS = Set.of("content-length", "connection", "host");

  private volatile As2Handler partner =
      request -> {
        throw new IllegalStateException("it stands before nobody");
      };

  private final Map<String, Arrived> mdns = new ConcurrentHashMap<>();
  private final List<String> deliveries = new CopyOnWriteArrayList<>();
  private volatile Taken whenTaken = messageId -> {};

  /** Hears of a message before it is answered. */
  @FunctionalInterface
  public interface Taken {
    void taken(String messageId) throws IOException;
  }

  /** Who hears of a message before it is answered. */
  public void whenTaken(Taken taken) {
    whenTaken = taken;
  }

  /** This one, before a partner who answers with MDNs. */
  public As2Handler before(As2Handler answering) {
    partner = answering;
    return this;
  }

  @Override
  public Answer handle(Request request) throws IOException {
    Answer mdn = partner.handle(request);
    String messageId = request.headers().first("Message-ID").orElse("");
    mdns.put(messageId, new Arrived(mdn.headers(), mdn.body()));
    deliveries.add(messageId);
    whenTaken.taken(messageId);
    return new Answer(200, Headers.EMPTY, new byte[0]);
  }

  /** The Message-IDs of what came, each as often as it came. */
  public List<String> deliveries() {
    return deliveries;
  }

  /** The MDN of a message. */
  public Arrived mdn(String messageId) {
    Arrived mdn = mdns.get(messageId);
    if (mdn == null) {
      throw new AssertionError("message " + messageId + " did not come");
    }
    return mdn;
  }

  /**
   * Posts the MDN of a message.
   *
   * @return the HTTP status
   * @throws IOException where nobody is there
   */
  public int post(String messageId, URI url) throws IOException, InterruptedException {
    Arrived mdn = mdn(messageId);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(mdn.body()));
    for (Header header : mdn.headers()) {
      if (!NOT_OURS.contains(header.name().toLowerCase(Locale.ROOT))) {
        request.header(header.name(), header.value());
      }
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
