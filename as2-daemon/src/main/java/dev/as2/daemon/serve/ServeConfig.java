package dev.as2.daemon.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.LocalFileStore;
import dev.as2.daemon.api.Quotas;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.queue.Watch;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.daemon.stores.RoleStores;
import dev.as2.daemon.stores.StoresJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a daemon is told: by flags, or else by the environment, or else by its configuration file,
 * or else by defaults. Every fault says where the value stands.
 */
public final class ServeConfig {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");
  private static final String STORES = "stores";
  private static final String WATCH = "watch";

  private final Map<Setting, Given> given;
  private final RoleStores stores;
  private final List<Watch> watches;

  /** A value, and where it stands. */
  private record Given(String value, String place) {}

  private ServeConfig(Map<Setting, Given> given, RoleStores stores, List<Watch> watches) {
    this.given = given;
    this.stores = stores;
    this.watches = watches;
  }

  /**
   * Flags of the command line.
   *
   * @param settings what was given
   * @param buckets folders of this machine that are buckets
   */
  public record Flags(Map<Setting, String> settings, Map<String, Path> buckets) {
    public Flags {
      settings = Map.copyOf(settings);
      buckets = Map.copyOf(buckets);
    }
  }

  /**
   * Puts together what a daemon is told.
   *
   * @param file the configuration file, where there is one
   * @param environment the process's environment
   * @throws As2Exception {@code INVALID_CONFIGURATION} where a key is unknown or a value is wrong
   */
  public static ServeConfig read(Optional<Path> file, Map<String, String> environment, Flags flags)
      throws IOException {
    Map<Setting, Given> given = new EnumMap<>(Setting.class);
    RoleStores stores = StoresJson.aws();
    List<Watch> watches = List.of();
    if (file.isPresent()) {
      YamlFile yaml = YamlFile.read(file.get());
      Path root = Optional.ofNullable(file.get().toAbsolutePath().getParent()).orElse(Path.of("/"));
      collect(yaml, yaml.tree(), "", given);
      Members members = Members.of(yaml::where, yaml.tree());
      Optional<Members> buckets = members.object(STORES);
      if (buckets.isPresent()) {
        stores = StoresJson.of(buckets.get(), root);
      }
      watches = WatchMembers.read(members.objects(WATCH));
    }
    for (Setting setting : Setting.values()) {
      String variable = environment.get(setting.variable());
      if (variable != null) {
        given.put(setting, new Given(variable, "Environment variable " + setting.variable()));
      }
    }
    flags
        .settings()
        .forEach(
            (setting, value) -> given.put(setting, new Given(value, "Option --" + setting.key())));
    ServeConfig config = new ServeConfig(given, withFolders(stores, flags.buckets()), watches);
    config.check();
    return config;
  }

  private static RoleStores withFolders(RoleStores stores, Map<String, Path> buckets) {
    RoleStores all = stores;
    for (Map.Entry<String, Path> bucket : buckets.entrySet()) {
      Map<String, Path> folder = Map.of(bucket.getKey(), bucket.getValue());
      all = all.plus(bucket.getKey(), LocalFileStore.of(folder));
    }
    return all;
  }

  /** All values of the file that are settings; whatever else is there is refused. */
  private static void collect(
      YamlFile yaml, ObjectNode node, String prefix, Map<Setting, Given> given)
      throws As2Exception {
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      String path = prefix + each.getKey();
      if (path.equals(STORES) || path.equals(WATCH)) {
        continue;
      }
      Optional<Setting> setting = setting(path);
      if (setting.isPresent()) {
        given.put(setting.get(), new Given(scalar(yaml, path, each.getValue()), yaml.where(path)));
      } else if (each.getValue() instanceof ObjectNode inner && isGroup(path)) {
        collect(yaml, inner, path + ".", given);
      } else {
        throw unknown(yaml.where(path), path);
      }
    }
  }

  private static Optional<Setting> setting(String key) {
    return Arrays.stream(Setting.values()).filter(each -> each.key().equals(key)).findFirst();
  }

  private static boolean isGroup(String path) {
    return Arrays.stream(Setting.values()).anyMatch(each -> each.key().startsWith(path + "."));
  }

  private static As2Exception unknown(String where, String path) {
    String known =
        Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", "));
    return fault(
        where, path + " is unknown; known are " + known + ", " + STORES + ", " + WATCH + ".");
  }

  private static String scalar(YamlFile yaml, String path, JsonNode value) throws As2Exception {
    if (!value.isValueNode()) {
      throw fault(yaml.where(path), path + " is not one value.");
    }
    return value.isNull() ? "" : value.asText();
  }

  private static As2Exception fault(String where, String sentence) {
    return new As2Exception(FailureCode.INVALID_CONFIGURATION, where + ": " + sentence);
  }

  /** What can be wrong is wrong before anything begins. */
  private void check() throws As2Exception {
    number(Setting.PORT, 0, 65_535);
    number(Setting.QUEUE_MESSAGES, 1, ServeLimits.MESSAGES);
    number(Setting.QUEUE_LANES, 1, ServeLimits.LANES);
    number(Setting.QUEUE_WORKERS, 1, ServeLimits.WORKERS);
    quotas();
    for (Setting time :
        List.of(
            Setting.GRACE,
            Setting.HISTORY,
            Setting.QUEUE_SLICE,
            Setting.QUEUE_HEARTBEAT,
            Setting.QUEUE_POLL)) {
      time(time);
    }
    if (text(Setting.TLS_CERTIFICATE).isEmpty() != text(Setting.TLS_KEY).isEmpty()) {
      throw fault("TLS", "tls.certificate and tls.key belong together.");
    }
  }

  /** The value of a setting; empty where there is none. */
  public String text(Setting setting) {
    Given value = given.get(setting);
    return value == null ? setting.defaultValue() : value.value().strip();
  }

  /** The value of a setting, where there is one. */
  public Optional<String> optional(Setting setting) {
    return Optional.of(text(setting)).filter(value -> !value.isEmpty());
  }

  /** A number. */
  public int number(Setting setting, int min, int max) throws As2Exception {
    String text = text(setting);
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
      throw wrong(setting);
    }
    return Integer.parseInt(text);
  }

  /** How much there may be, and how often callers may call. */
  Quotas quotas() throws As2Exception {
    return new Quotas(
        number(Setting.API_CONNECTORS, 1, ServeLimits.API_RESOURCES),
        number(Setting.API_PROFILES, 1, ServeLimits.API_RESOURCES),
        number(Setting.API_CERTIFICATES, 1, ServeLimits.API_RESOURCES),
        number(Setting.API_CALLS, 1, ServeLimits.API_CALLS));
  }

  /** A time, longer than zero. */
  public Duration time(Setting setting) throws As2Exception {
    Matcher time = TIME.matcher(text(setting));
    if (!time.matches() || Long.parseLong(time.group(1)) == 0) {
      throw wrong(setting);
    }
    return duration(time);
  }

  private static Duration duration(Matcher time) {
    long amount = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /** A time that stands in the file. */
  static Optional<Duration> time(String text) {
    Matcher time = TIME.matcher(text);
    return time.matches() && Long.parseLong(time.group(1)) > 0
        ? Optional.of(duration(time))
        : Optional.empty();
  }

  /** A value cannot be what it is. */
  public As2Exception wrong(Setting setting) {
    Given value = given.get(setting);
    String where = value == null ? "Default" : value.place();
    return fault(where, setting.key() + " is '" + text(setting) + "', not " + setting.form() + ".");
  }

  /** Where files are, under each role. */
  public RoleStores stores() {
    return stores;
  }

  /** What is watched for new files. */
  public List<Watch> watches() {
    return watches;
  }
}
