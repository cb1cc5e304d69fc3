package io.clusterzone.k8s.source;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.problem.Problem;
import java.nio.file.Path;
import java.util.List;

/// Finds what is wrong with manifests without serving them.
public final class ManifestCheck {
  private ManifestCheck() {}

  /// All problems of the files and directories, in the order of their places, where this is made
  /// up.
  public static List<Problem> check(List<Path> paths, MadeOptions made) {
    ManifestOptions options = ManifestOptions.DEFAULT.with(made);
    var files = new ManifestFiles(paths, options, _ -> {});
    var model = new ManifestModel(options);
    model.apply(files.readAll());
    return files.problems(model);
  }
}
