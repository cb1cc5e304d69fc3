package io.clusterzone.k8s.made;

/// How many Services and Pods have made-up addresses.
public record MadeCounts(int services, int pods) {
  public static final MadeCounts NONE = new MadeCounts(0, 0);
}
