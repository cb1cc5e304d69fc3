package io.clusterzone.dns.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Examines servers and their cluster, from the configuration to the agreement of replicas. For one
/// thread, which waits for the network: seconds where something does not answer.
public final class Doctor {
  /// In the order of the sections.
  private static final List<Check> CHECKS =
      List.of(
          new CorefileCheck(),
          new RunningCorefileCheck(),
          new ApiCheck(),
          new FreshnessCheck(),
          new ListenerCheck(),
          new UpstreamCheck(),
          new ServiceCheck(),
          new ReplicaCheck());

  private Doctor() {}

  /// All findings of one round.
  public static List<Finding> examine(Subjects subjects) throws InterruptedException {
    var look = new Look(subjects);
    List<Finding> all = new ArrayList<>();
    for (Check check : CHECKS) {
      var findings = new Findings(check.section());
      check.look(look, findings);
      all.addAll(findings.all());
    }
    return all;
  }

  /// The findings of the first round without a fault, or of the last that begins within this time.
  public static List<Finding> await(Subjects subjects, Duration patience)
      throws InterruptedException {
    long begunNanos = System.nanoTime();
    List<Finding> findings = examine(subjects);
    while (!isWell(findings) && System.nanoTime() - begunNanos < patience.toNanos()) {
      Thread.sleep(subjects.here().again());
      findings = examine(subjects);
    }
    return findings;
  }

  /// Whether nothing failed.
  public static boolean isWell(List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.is(Finding.State.FAILED));
  }
}
