package dev.as2.daemon.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.BasicCredentials;
import dev.as2.core.FailureCode;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The content of a secret, {@code {"Username": ..., "Password": ...}}; faults quote nothing of it.
 */
final class SecretJson {
  private SecretJson() {}

  static BasicCredentials read(Path file, String name) throws IOException {
    try {
      return credentials(Json.read(file, name), name);
    } catch (As2Exception e) {
      throw invalid(e);
    }
  }

  static BasicCredentials read(byte[] json, String name) throws As2Exception {
    try {
      return credentials(Json.read(json, name), name);
    } catch (As2Exception e) {
      throw invalid(e);
    }
  }

  /** The same words, as a secret's fault instead of the configuration's. */
  private static As2Exception invalid(As2Exception fault) {
    return new As2Exception(FailureCode.INVALID_REQUEST, fault.sentence(), fault);
  }

  private static BasicCredentials credentials(ObjectNode tree, String name) throws As2Exception {
    try {
      return new BasicCredentials(text(tree, "Username"), text(tree, "Password"));
    } catch (IllegalArgumentException e) {
      throw new As2Exception(FailureCode.INVALID_REQUEST, name + ": " + e.getMessage() + ".", e);
    }
  }

  private static String text(ObjectNode tree, String member) {
    JsonNode value = tree.path(member);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the secret has no string " + member);
    }
    return value.textValue();
  }
}
