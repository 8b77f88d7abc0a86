package dev.as2.daemon.api;

import dev.as2.daemon.state.Resources.Kind;
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

  String of(Kind kind, String id) {
    return prefix(kind) + id;
  }

  /** What is named; empty where it is nothing of ours. */
  Optional<Named> parse(String arn) {
    for (Kind kind : Kind.values()) {
      if (arn.startsWith(prefix(kind))) {
        return Optional.of(new Named(kind, arn.substring(prefix(kind).length())));
      }
    }
    return Optional.empty();
  }
}
