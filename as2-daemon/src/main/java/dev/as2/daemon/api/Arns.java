package dev.as2.daemon.api;

import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import java.util.Optional;

/**
 * The ARNs of our resources.
 *
 * @param region such as {@code us-east-1}
 * @param account twelve digits
 */
record Arns(String region, String account) {
  /** What an ARN names. */
  record Named(Kind kind, String id) {}

  private String prefix(Kind kind) {
    return "arn:aws:transfer:" + region + ":" + account + ":" + KindName.inArn(kind) + "/";
  }

  String of(Resource resource) {
    String server =
        resource.kind() == Kind.AGREEMENT ? resource.members().path("ServerId").asText() + "/" : "";
    return prefix(resource.kind()) + server + resource.id();
  }

  /**
   * What is named; empty where it is nothing of ours. The server of an agreement is not looked at:
   * {@link #of} says what it has to be.
   */
  Optional<Named> parse(String arn) {
    for (Kind kind : Kind.values()) {
      if (arn.startsWith(prefix(kind))) {
        String rest = arn.substring(prefix(kind).length());
        return Optional.of(new Named(kind, rest.substring(rest.lastIndexOf('/') + 1)));
      }
    }
    return Optional.empty();
  }
}
