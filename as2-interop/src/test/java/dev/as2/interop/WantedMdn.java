package dev.as2.interop;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;

/** Which MDN a message asks for. */
enum WantedMdn {
  SIGNED(MdnResponse.SYNC),
  UNSIGNED(MdnResponse.SYNC),
  NONE(MdnResponse.NONE);

  private final MdnResponse response;

  WantedMdn(MdnResponse response) {
    this.response = response;
  }

  MdnResponse response() {
    return response;
  }

  /** A signed MDN's digest is that of the message's own signature, where it has one. */
  MdnSigningAlgorithm signature(Layers layers) {
    if (this != SIGNED) {
      return MdnSigningAlgorithm.NONE;
    }
    return layers.sign() ? MdnSigningAlgorithm.DEFAULT : MdnSigningAlgorithm.SHA256;
  }
}
