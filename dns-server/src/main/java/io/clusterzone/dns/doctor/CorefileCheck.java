package io.clusterzone.dns.doctor;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.k8s.problem.Level;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.ManifestCheck;
import java.util.ArrayList;
import java.util.List;

/// Whether the Corefile and the manifests that it names can be served, as `check` finds it.
final class CorefileCheck implements Check {
  private static final String NAME = "Corefile";

  @Override
  public Section section() {
    return Section.CONFIGURATION;
  }

  @Override
  public void look(Look look, Findings findings) {
    CorefileReading reading = look.corefile();
    if (reading == null) {
      findings.skipped(NAME, "no Corefile is named; name one with --conf");
      return;
    }
    List<Problem> errors =
        problems(reading).stream().filter(problem -> problem.level() == Level.ERROR).toList();
    for (Problem error : errors) {
      findings.failed(
          NAME,
          error + " [" + error.kind().code() + "]",
          "mend it; clusterzone check shows all problems, CODES.md explains each code");
    }
    if (errors.isEmpty()) {
      findings.passed(NAME, reading.legible().blocks().size() + " server blocks without an error");
    }
  }

  private static List<Problem> problems(CorefileReading reading) {
    return switch (reading.result()) {
      case Corefile.Invalid(var all) -> all;
      case Corefile.Valid(var corefile) -> {
        List<Problem> all = new ArrayList<>();
        corefile
            .all(Kubernetes.class)
            .distinct()
            .filter(each -> !each.manifests().isEmpty())
            .forEach(
                each -> all.addAll(ManifestCheck.check(each.manifests(), each.made()).problems()));
        yield all;
      }
    };
  }
}
