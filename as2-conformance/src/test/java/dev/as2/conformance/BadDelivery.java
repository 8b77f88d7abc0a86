package dev.as2.conformance;

import dev.as2.core.As2Client;
import dev.as2.core.As2Handler.Answer;
import dev.as2.core.As2Request;
import dev.as2.core.TransportOptions;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.Headers;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Posts the asynchronous MDNs of a {@link BadReceiver}. */
record BadDelivery(As2Client client, SeededFault fault) {
  /** The message's answer, before or after which its MDN is posted. */
  Answer answer(URI url, Reply mdn) {
    if (fault == SeededFault.ASYNC_MDN_FIRST) {
      deliver(url, mdn);
    }
    Runnable afterwards =
        switch (fault) {
          case ASYNC_MDN_FIRST, ASYNC_MDN_NEVER -> () -> {};
          case ASYNC_MDN_ELSEWHERE -> () -> deliver(url.resolve("/"), mdn);
          case ASYNC_WITHOUT_QUERY ->
              () -> deliver(URI.create(url.toString().replaceFirst("\\?.*", "")), mdn);
          case ASYNC_HTML ->
              () ->
                  deliver(url, new Reply(0, Headers.of("Content-Type", "text/html"), new byte[9]));
          default -> () -> deliver(url, mdn);
        };
    return new Answer(200, Headers.EMPTY, new byte[0], afterwards);
  }

  private void deliver(URI url, Reply mdn) {
    if (post(url, mdn) / 100 == 5 && fault != SeededFault.ASYNC_POSTED_ONCE) {
      post(url, mdn);
    }
  }

  private int post(URI url, Reply mdn) {
    try {
      return client
          .post(
              new As2Request(
                  url,
                  new ContentEntity(mdn.headers(), Content.of(mdn.body())),
                  false,
                  TransportOptions.DEFAULT,
                  Optional.empty()))
          .join()
          .status();
    } catch (CompletionException e) {
      return 0; // nobody listens there: this is a scenario
    }
  }
}
