package io.clusterzone.dns.server;

import io.clusterzone.k8s.source.StandardInput;
import java.nio.file.Files;
import java.nio.file.Path;

/// Paths of the command line that must lead somewhere.
public final class Existing {
  private Existing() {}

  /// The path in full; that of the standard input is.
  ///
  /// @throws Unservable if nothing is there, or it may not be read
  public static Path path(Path path) {
    if (path.equals(StandardInput.PATH)) {
      return path;
    }
    if (!Files.exists(path)) {
      throw Unservable.because("there is no file or directory " + path);
    }
    if (!Files.isReadable(path)) {
      throw Unservable.because("no permission to read " + path);
    }
    return path;
  }
}
