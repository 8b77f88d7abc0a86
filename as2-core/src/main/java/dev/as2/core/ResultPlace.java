package dev.as2.core;

import dev.as2.core.ConnectorOptions.ResultLayout;
import java.util.Optional;

/**
 * Where a transfer's result files go.
 *
 * @param layout which folders
 * @param accessRole the role under which they are written
 */
record ResultPlace(ResultLayout layout, Optional<String> accessRole) {
  static ResultPlace of(Partnership partnership) {
    return new ResultPlace(partnership.options().results(), partnership.connector().accessRole());
  }

  /** The place where nothing could be prepared: the connector's, if there is one at all. */
  static ResultPlace of(ConnectorId id, Registry registry) {
    try {
      Connector connector = registry.connector(id);
      return new ResultPlace(connector.options().results(), connector.accessRole());
    } catch (As2Exception | RuntimeException e) { // told already, where it was met first
      return new ResultPlace(ConnectorOptions.DEFAULT.results(), Optional.empty());
    }
  }

  ResultWriter writer(FileStores stores) {
    return new ResultWriter(stores.under(accessRole), layout);
  }
}
