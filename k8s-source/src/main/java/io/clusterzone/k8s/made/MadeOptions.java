package io.clusterzone.k8s.made;

import java.util.List;

/// The parts of a cluster made up beside the manifests.
///
/// @param serviceRanges where Services without an address get one, at most one of each family, that
///   of Services which do not care first; empty: they get none
/// @param podRanges the same for Pods, which are made of workloads as well; empty: none are made
/// @param nodes of the cluster: a DaemonSet has a Pod on each, 1 to 1,000
/// @param asked whether the operator asked for it; if not, the API server's own Service is not made
///   where no other needs an address
/// @param namespace the namespace of objects that name none, as `kubectl -n` gives it
/// @param render whether directories that another program renders are rendered by it
public record MadeOptions(
    List<AddressRange> serviceRanges,
    List<AddressRange> podRanges,
    int nodes,
    boolean asked,
    String namespace,
    boolean render) {
  public static final String DEFAULT_NAMESPACE = "default";

  /// The range of Services that kubeadm has, and its range of IPv6 beside that.
  public static final List<AddressRange> SERVICE_RANGES =
      List.of(AddressRange.parse("10.96.0.0/16"), AddressRange.parse("fd00:10:96::/112"));

  public static final List<AddressRange> POD_RANGES =
      List.of(AddressRange.parse("10.244.0.0/16"), AddressRange.parse("fd00:10:244::/112"));

  public static final int DEFAULT_NODES = 1;
  public static final int MAX_NODES = 1_000;

  /// Nothing is made up.
  public static final MadeOptions NONE =
      new MadeOptions(List.of(), List.of(), DEFAULT_NODES, false);

  public MadeOptions {
    serviceRanges = List.copyOf(serviceRanges);
    podRanges = List.copyOf(podRanges);
  }

  /// With the namespace that Kubernetes has for it.
  public MadeOptions(
      List<AddressRange> serviceRanges, List<AddressRange> podRanges, int nodes, boolean asked) {
    this(serviceRanges, podRanges, nodes, asked, DEFAULT_NAMESPACE, false);
  }

  /// The same with these ranges of Services, asked for.
  public MadeOptions withServices(List<AddressRange> ranges) {
    return new MadeOptions(ranges, podRanges, nodes, true, namespace, render);
  }

  /// The same with these ranges of Pods, asked for.
  public MadeOptions withPods(List<AddressRange> ranges) {
    return new MadeOptions(serviceRanges, ranges, nodes, asked, namespace, render);
  }

  /// The same with another number of nodes.
  public MadeOptions withNodes(int number) {
    return new MadeOptions(serviceRanges, podRanges, number, asked, namespace, render);
  }

  /// Whether Pods are made of workloads, and get addresses.
  public boolean makesPods() {
    return !podRanges.isEmpty();
  }

  /// The families that Services may have, the default one first.
  public List<IpFamily> serviceFamilies() {
    return serviceRanges.stream().map(AddressRange::family).toList();
  }
}
