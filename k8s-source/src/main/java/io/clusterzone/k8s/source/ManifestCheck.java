package io.clusterzone.k8s.source;

import java.nio.file.Path;
import java.util.List;

/// Finds what is wrong with manifests without serving them.
public final class ManifestCheck {
  private ManifestCheck() {}

  /// All problems of the files and directories, in the order of their places.
  public static List<Problem> check(List<Path> paths) {
    var files = new ManifestFiles(paths, ManifestOptions.DEFAULT, _ -> {});
    var model = new ManifestModel(ManifestOptions.DEFAULT);
    model.apply(files.readAll());
    return files.problems(model);
  }
}
