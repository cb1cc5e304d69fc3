package io.clusterzone.k8s.made;

/// The number of Services and Pods with made-up addresses.
public record MadeCounts(int services, int pods) {
  public static final MadeCounts NONE = new MadeCounts(0, 0);
}
