package io.clusterzone.k8s.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Cheap signs that a file may have changed: its size, its time, and which file it is behind links.
///
/// @param modifiedNanos since 1970
/// @param key the file system's identity of the file; null where it has none
record FileStamp(long size, long modifiedNanos, @Nullable Object key) {
  /// A file that is not there.
  static final FileStamp ABSENT = new FileStamp(-1, 0, null);

  /// The file's present stamp; one that cannot be looked at is absent.
  static FileStamp of(Path path) {
    try {
      return of(Files.readAttributes(path, BasicFileAttributes.class));
    } catch (IOException _) {
      return ABSENT;
    }
  }

  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(
        attributes.size(),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        attributes.fileKey());
  }
}
