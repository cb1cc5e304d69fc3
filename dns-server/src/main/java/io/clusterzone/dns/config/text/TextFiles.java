package io.clusterzone.dns.config.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The source of the files that a Corefile names: the disk, or a map in tests.
public interface TextFiles {
  /// The files that a path means, sorted. A path with a wildcard may mean none.
  ///
  /// @throws IOException if the path has no wildcard and there is no such file
  List<Path> find(Path pattern) throws IOException;

  /// The text of one file.
  ///
  /// @throws IOException if it cannot be read or is too large
  String read(Path file) throws IOException;

  /// The same for a file that may be long.
  default PackedText pack(Path file) throws IOException {
    return PackedText.of(read(file));
  }
}
