package dev.as2.daemon.queue;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.as2.core.ConnectorId;
import dev.as2.core.FileStore;
import dev.as2.core.FileStores;
import dev.as2.core.Registry;
import dev.as2.core.StoredFile;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.daemon.state.WatchedFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

/** Looks at watched folders, one daemon at a time, and has sent what has appeared there. */
final class Watching {
  private static final System.Logger LOG = System.getLogger(Watching.class.getName());

  private final FileStores stores;
  private final Registry registry;
  private final WatchedFiles files;

  Watching(QueuePorts ports) {
    this.stores = ports.watching().stores();
    this.files = ports.watching().files();
    this.registry = ports.registry();
  }

  RecurringTask<Void> task(Watch watch) {
    return Tasks.recurring("watch-" + watch.name(), FixedDelay.of(watch.every()))
        .execute((instance, context) -> look(watch));
  }

  /** As the connector sees it that will send what is found. */
  private FileStore store(ConnectorId id) throws IOException {
    return stores.under(registry.connector(id).accessRole());
  }

  private void look(Watch watch) {
    try {
      List<StoredFile> all =
          store(watch.connectorId())
              .list(watch.bucket(), watch.prefix(), ServeLimits.WATCHED_FILES);
      if (all.size() == ServeLimits.WATCHED_FILES) {
        throw new IOException("there are more than " + ServeLimits.WATCHED_FILES + " files in it");
      }
      List<StoredFile> wanted =
          all.stream().filter(file -> watch.takes(file.path().key())).toList();
      files.look(new WatchedFiles.Look(watch.name(), watch.connectorId(), wanted, watch.settle()));
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "watch {0} cannot look at /{1}/{2}: {3}",
          watch.name(),
          watch.bucket(),
          watch.prefix(),
          e.getMessage());
    }
  }
}
