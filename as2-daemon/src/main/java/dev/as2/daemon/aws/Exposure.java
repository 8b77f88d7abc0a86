package dev.as2.daemon.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Whether a file with a secret can be read by others than its owner, as far as modes tell. */
public final class Exposure {
  private Exposure() {}

  /**
   * What to warn of; nothing where file systems know no modes, or the mode cannot be read.
   *
   * @param name how the warning names the file
   */
  public static Optional<String> of(Path file, String name) {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return Optional.empty();
    }
    try {
      Set<PosixFilePermission> mode = view.readAttributes().permissions();
      boolean exposed =
          mode.contains(PosixFilePermission.GROUP_READ)
              || mode.contains(PosixFilePermission.OTHERS_READ);
      return exposed
          ? Optional.of(name + " can be read by others than its owner; chmod 600 prevents that.")
          : Optional.empty();
    } catch (IOException e) {
      // It is read for its content, too, and that says what is wrong with it.
      return Optional.empty();
    }
  }
}
