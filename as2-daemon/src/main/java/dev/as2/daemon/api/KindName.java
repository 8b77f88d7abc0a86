package dev.as2.daemon.api;

import dev.as2.daemon.state.Resources.Kind;
import java.util.Locale;

/** A kind of resource as AWS writes it in errors; in small letters, as ARNs have it. */
final class KindName {
  private KindName() {}

  static String of(Kind kind) {
    return switch (kind) {
      case CONNECTOR -> "Connector";
      case PROFILE -> "Profile";
      case CERTIFICATE -> "Certificate";
      case AGREEMENT -> "Agreement";
    };
  }

  static String inArn(Kind kind) {
    return of(kind).toLowerCase(Locale.ROOT);
  }
}
