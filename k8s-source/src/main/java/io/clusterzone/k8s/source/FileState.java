package io.clusterzone.k8s.source;

import io.clusterzone.k8s.source.object.ParsedFile;
import org.jspecify.annotations.Nullable;

/// A file as it was last read.
///
/// @param stamp null where the file could not be read: then it is tried again
/// @param racy the file was written so shortly before it was read that a later write may bear the
///   same time: then its content is compared again
/// @param content its content, or the last version that could be read, with the present problems
record FileState(@Nullable FileStamp stamp, boolean racy, FileHash hash, ParsedFile content) {
  static final FileState NONE =
      new FileState(FileStamp.ABSENT, false, FileHash.NONE, ParsedFile.EMPTY);

  boolean isCurrent(FileStamp now) {
    return now.equals(stamp) && !racy;
  }
}
