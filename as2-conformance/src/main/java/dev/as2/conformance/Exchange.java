package dev.as2.conformance;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Response;
import dev.as2.core.Mdn;
import dev.as2.core.MdnReader;
import java.util.Optional;

/**
 * A message that was sent, and what came of it.
 *
 * @param parcel the message
 * @param response the answer, where one came
 * @param failure why none came, in one sentence; empty where one did
 */
record Exchange(Parcel parcel, Optional<As2Response> response, String failure) {
  static Exchange answered(Parcel parcel, As2Response response) {
    return new Exchange(parcel, Optional.of(response), "");
  }

  static Exchange failed(Parcel parcel, String failure) {
    return new Exchange(parcel, Optional.empty(), failure);
  }

  /** The HTTP status; 0 where there was no answer. */
  int status() {
    return response.map(As2Response::status).orElse(0);
  }

  /**
   * The MDN in the answer, where there is one.
   *
   * @throws As2Exception where what looks like one cannot be read
   */
  Optional<Mdn> mdn() throws As2Exception {
    return response.isEmpty()
        ? Optional.empty()
        : MdnReader.read(response.get().headers(), response.get().body());
  }
}
