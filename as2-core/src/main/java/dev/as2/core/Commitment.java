package dev.as2.core;

import dev.as2.core.Agreement.PreserveFilename;
import dev.as2.core.Quarantine.Held;
import dev.as2.core.Reception.ReceivedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The files of a message that is proved become files of the store. For one thread. */
final class Commitment {
  private final FileStore store;
  private final ReceivedNames names;
  private final boolean preserve;
  private final List<String> warnings;

  /**
   * @param warnings takes what was odd
   */
  Commitment(FileStore store, Terms terms, MessageId messageId, List<String> warnings) {
    this.store = store;
    this.names = new ReceivedNames(terms.agreement().directories().folders(), messageId);
    this.preserve = terms.agreement().preserveFilename() == PreserveFilename.ENABLED;
    this.warnings = warnings;
  }

  /**
   * Stores them all.
   *
   * @throws Refusal where one has no possible name
   * @throws IOException where the store does not take one; those before it stay, and the same
   *     message replaces them when it comes again
   */
  List<ReceivedFile> store(List<Held> files) throws IOException {
    List<ReceivedFile> stored = new ArrayList<>();
    for (Held file : files) {
      try {
        FilePath path = store(file, stored.size());
        stored.add(
            new ReceivedFile(path, file.name(), file.contentType(), file.content().length()));
      } catch (IllegalArgumentException e) {
        throw LayerFault.PROCESSING.refusal("its file has no possible name here").because(e);
      }
    }
    return stored;
  }

  private FilePath store(Held file, int index) throws IOException {
    if (preserve && file.name().isPresent()) {
      FilePath own = names.preserved(file.name().get());
      if (store.writeIfAbsent(own, file.content(), file.contentType())) {
        return own;
      }
      warnings.add("There was a file %s already; the new one has another name.".formatted(own));
    }
    FilePath path = names.unique(file.name(), index);
    store.write(path, file.content(), file.contentType());
    return path;
  }
}
