package dev.as2.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** A bucket's root folder, and the walls around it. */
record LocalRoot(Path folder) {
  /**
   * @throws As2Exception {@code PATH_NOT_FOUND} where there is no such folder
   */
  static LocalRoot of(String bucket, Optional<Path> folder) throws As2Exception {
    try {
      if (folder.isPresent() && Files.isDirectory(folder.get())) {
        return new LocalRoot(folder.get().toRealPath());
      }
    } catch (AccessDeniedException e) {
      throw new As2Exception(
          FailureCode.ACCESS_DENIED, "May not enter the folder of bucket " + bucket, e);
    } catch (IOException e) {
      throw new As2Exception(
          FailureCode.PATH_NOT_FOUND, "The folder of bucket " + bucket + " has gone", e);
    }
    throw new As2Exception(FailureCode.PATH_NOT_FOUND, "There is no bucket " + bucket);
  }

  /** Whether a name is a single segment, which resolves to something directly in a folder. */
  static boolean isOneSegment(String name) {
    try {
      Path segment = Path.of(name);
      return !name.isEmpty()
          && !name.equals(".")
          && !name.equals("..")
          && !segment.isAbsolute()
          && segment.getNameCount() == 1
          && segment.toString().equals(name);
    } catch (InvalidPathException e) {
      return false; // the file system has no such names
    }
  }

  /** The real path of what is there, all symbolic links followed; empty where nothing is. */
  Optional<Path> locate(FilePath path) throws IOException {
    Place place = descend(path);
    return place.exists() ? Optional.of(place.path()) : Optional.empty();
  }

  /** Where to write it: as {@link #locate}, with what does not exist yet added as it is. */
  Path place(FilePath path) throws IOException {
    return descend(path).path();
  }

  private record Place(Path path, boolean exists) {}

  private Place descend(FilePath path) throws IOException {
    Place place = new Place(folder, true);
    for (String segment : path.key().split("/", -1)) {
      if (!isOneSegment(segment)) {
        throw new As2Exception(
            FailureCode.ACCESS_DENIED,
            path + " is no path of a folder: it has the segment '" + segment + "'");
      }
      place = step(place, segment);
      if (!place.path().startsWith(folder)) {
        throw new As2Exception(
            FailureCode.ACCESS_DENIED, path + " leads out of the folder of its bucket");
      }
    }
    return place;
  }

  /** As {@code from} is a real path, only a link can lead elsewhere. */
  private static Place step(Place from, String segment) throws IOException {
    Path next = from.path().resolve(segment);
    if (!from.exists()) {
      return new Place(next, false);
    }
    try {
      BasicFileAttributes there =
          Files.readAttributes(next, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Place(there.isSymbolicLink() ? next.toRealPath() : next, true);
    } catch (AccessDeniedException e) {
      throw e; // it may well exist
    } catch (FileSystemException e) {
      return new Place(next, false); // not there, below a file, or a link to nothing
    }
  }
}
