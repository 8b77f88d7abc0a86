package dev.as2.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An agreement's options, read from its tags and checked.
 *
 * @param mdnHosts where asynchronous MDNs may go, in lower case, besides the connectors' hosts
 * @param enforceEncryption whether unencrypted messages are refused
 * @param restart whether what came of broken-off messages is kept
 * @param connector how MDNs are made and sent, and how large a file may be: a connector's options
 */
public record AgreementOptions(
    Set<String> mdnHosts, boolean enforceEncryption, boolean restart, ConnectorOptions connector) {
  public AgreementOptions {
    mdnHosts = Set.copyOf(mdnHosts);
  }

  /**
   * Reads the tags that begin with {@code as2:}; others are not ours.
   *
   * @throws IllegalArgumentException naming the tag that is unknown or holds no proper value
   */
  public static AgreementOptions fromTags(Map<String, String> tags) {
    Map<String, String> others = new HashMap<>(tags);
    for (AgreementOption option : AgreementOption.values()) {
      others.remove(option.tag());
    }
    return new AgreementOptions(
        Arrays.stream(
                value(tags, AgreementOption.MDN_HOSTS).toLowerCase(Locale.ROOT).split("[ ,]+"))
            .filter(Predicate.not(String::isEmpty))
            .collect(Collectors.toSet()),
        isOn(tags, AgreementOption.ENFORCE_ENCRYPTION),
        isOn(tags, AgreementOption.RESTART),
        ConnectorOptions.fromTags(others));
  }

  private static String value(Map<String, String> tags, AgreementOption option) {
    return tags.getOrDefault(option.tag(), option.defaultValue()).strip();
  }

  private static boolean isOn(Map<String, String> tags, AgreementOption option) {
    return switch (value(tags, option).toUpperCase(Locale.ROOT)) {
      case "ON" -> true;
      case "OFF" -> false;
      default ->
          throw new IllegalArgumentException(
              "tag %s is '%s', not %s".formatted(option.tag(), value(tags, option), option.form()));
    };
  }
}
