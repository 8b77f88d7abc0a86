package dev.as2.daemon.serve;

import dev.as2.core.As2Exception;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.aws.AwsText;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.queue.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is to be watched: {@code watch} of the configuration file. */
final class WatchMembers {
  private static final String DEFAULT_INCLUDE = "*";
  private static final Duration DEFAULT_EVERY = Duration.ofSeconds(10);
  private static final Duration DEFAULT_SETTLE = Duration.ofSeconds(10);

  private WatchMembers() {}

  static List<Watch> read(List<Members> all) throws As2Exception {
    List<Watch> watches = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Members each : all) {
      Watch watch = watch(each);
      if (!names.add(watch.name())) {
        throw each.fault("name", "is '" + watch.name() + "', as that of another watch");
      }
      each.end();
      watches.add(watch);
    }
    return watches;
  }

  private static Watch watch(Members watch) throws As2Exception {
    String name = watch.required("name", watch.text("name", AwsText.ANY));
    String connector = watch.required("connector", watch.text("connector", AwsText.CONNECTOR_ID));
    String folder = watch.required("folder", watch.text("folder", AwsText.ANY));
    String include = watch.text("include", AwsText.ANY).orElse(DEFAULT_INCLUDE);
    Duration every = time(watch, "every", DEFAULT_EVERY);
    Duration settle = time(watch, "settle", DEFAULT_SETTLE);
    return watch.checked(
        () -> Watch.of(name, new ConnectorId(connector), folder, include, every, settle));
  }

  private static Duration time(Members watch, String member, Duration otherwise)
      throws As2Exception {
    Optional<String> text = watch.text(member, AwsText.ANY);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<Duration> time = ServeConfig.time(text.get());
    if (time.isEmpty()) {
      throw watch.fault(member, "is '" + text.get() + "', not a time such as 500ms, 30s, 5m, 24h");
    }
    return time.get();
  }
}
