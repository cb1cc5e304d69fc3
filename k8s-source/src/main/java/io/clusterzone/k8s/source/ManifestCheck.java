package io.clusterzone.k8s.source;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.cluster.ManifestModel;
import io.clusterzone.k8s.source.object.ManifestOptions;
import java.nio.file.Path;
import java.util.List;

/// Finds what is wrong with manifests without serving them.
public final class ManifestCheck {
  /// The number of objects and files read, and all problems in the order of places.
  public record Result(int objects, int files, List<Problem> problems) {}

  private ManifestCheck() {}

  /// Reads the files and directories, where this is made up.
  public static Result check(List<Path> paths, MadeOptions made) {
    ManifestOptions options = ManifestOptions.DEFAULT.with(made);
    var files = new ManifestFiles(paths, options, _ -> {});
    var model = new ManifestModel(options);
    model.apply(files.readAll());
    return new Result(files.objects(), files.count(), files.problems(model));
  }
}
