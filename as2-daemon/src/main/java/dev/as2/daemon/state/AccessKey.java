package dev.as2.daemon.state;

import java.time.Instant;

/**
 * Who may call the API.
 *
 * @param id {@code AKIA} and 16 letters and digits
 * @param secret 40 characters, which sign requests
 * @param enabled whether it still may
 * @param created when it was made, in milliseconds
 */
public record AccessKey(String id, String secret, boolean enabled, Instant created) {
  /** All but the secret. */
  @Override
  public String toString() {
    return "AccessKey[%s, %s, created %s]".formatted(id, enabled ? "enabled" : "disabled", created);
  }
}
