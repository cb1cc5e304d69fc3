package io.clusterzone.k8s.source;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A directory whose files another tool makes manifests of: bases, patches and overlays side by
/// side, or templates. None of them is read as it stands.
enum RenderedDirectory {
  KUSTOMIZATION(
      ProblemKind.KUSTOMIZATION,
      "kubectl kustomize",
      List.of("kustomization.yaml", "kustomization.yml", "Kustomization")),
  CHART(ProblemKind.CHART, "helm template", List.of("Chart.yaml"));

  private final ProblemKind kind;
  private final String command;

  @SuppressWarnings("ImmutableEnumChecker") // a list that List.of made
  private final List<String> markers;

  RenderedDirectory(ProblemKind kind, String command, List<String> markers) {
    this.kind = kind;
    this.command = command;
    this.markers = markers;
  }

  /// The kind of a directory, by the files in it; null if it is neither.
  static @Nullable RenderedDirectory of(Path directory) {
    for (RenderedDirectory rendered : values()) {
      if (rendered.markers.stream().anyMatch(name -> Files.exists(directory.resolve(name)))) {
        return rendered;
      }
    }
    return null;
  }

  /// The topmost such directory from a root down to a path, or the path itself.
  static Path topmost(Path root, Path path) {
    Path top = path;
    for (@Nullable Path up = path; up != null && up.startsWith(root); up = up.getParent()) {
      if (Files.isDirectory(up) && of(up) != null) {
        top = up;
      }
    }
    return top;
  }

  /// The program that renders the directory, and its arguments.
  ///
  /// @param namespace of what a chart makes
  List<String> command(Path directory, String namespace) {
    String name = directory.toString();
    // A name like that of an option is none here.
    String argument = name.isEmpty() ? "." : name.startsWith("-") ? "./" + name : name;
    return switch (this) {
      case KUSTOMIZATION -> List.of("kubectl", "kustomize", argument);
      case CHART ->
          List.of("helm", "template", release(directory), argument, "--namespace", namespace);
    };
  }

  /// A name for what a chart is installed as: that of the directory, if it can be one.
  private static String release(Path directory) {
    String name = String.valueOf(directory.toAbsolutePath().normalize().getFileName());
    return name.matches("[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?") ? name : "release";
  }

  /// A problem: it is passed over, and the command that makes manifests of it.
  Problem passedOver(Path directory) {
    String name = directory.toString();
    return new Problem(
        kind,
        name,
        0,
        0,
        name,
        "not read as it stands; use --render, or: %s %s | clusterzone ... --manifests -"
            .formatted(command, name.isEmpty() ? "." : name));
  }
}
