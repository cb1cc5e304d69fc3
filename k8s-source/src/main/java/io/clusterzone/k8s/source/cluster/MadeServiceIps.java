package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.made.MadeAddresses;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import io.clusterzone.k8s.source.yaml.Origin;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The addresses made up for Services, and the Services that none is left for. Confined to the
/// source's thread.
final class MadeServiceIps {
  /// The API server's own Service, which has the first address.
  static final ObjectKey API_SERVER = new ObjectKey("default", "kubernetes");

  /// kubeadm gives the cluster's DNS server the tenth address.
  private static final Map<ObjectKey, Long> PREFERRED =
      Map.of(API_SERVER, 0L, new ObjectKey("kube-system", "kube-dns"), 9L);

  /// The order in which Services ask for addresses: it does not depend on files.
  static final Comparator<ServiceManifest> ORDER =
      Comparator.<ServiceManifest>comparingInt(one -> PREFERRED.containsKey(one.key()) ? 0 : 1)
          .thenComparing(one -> one.key().namespace())
          .thenComparing(one -> one.key().name());

  private final MadeAddresses addresses;
  private final Map<ObjectKey, Origin> unplaced = new HashMap<>();

  MadeServiceIps(MadeOptions options) {
    addresses = new MadeAddresses(options.serviceRanges(), Integer.MAX_VALUE, PREFERRED);
  }

  /// Begins a change, and returns the Services that may get an address now.
  Set<ObjectKey> begin() {
    addresses.retry();
    Set<ObjectKey> again = Set.copyOf(unplaced.keySet());
    unplaced.clear();
    return again;
  }

  /// Leaves a Service the addresses it has had, if it goes on lacking them.
  void renew(ObjectKey key, @Nullable ServiceManifest service, Predicate<IpAddress> taken) {
    addresses.renew(key, service == null ? List.of() : service.lacking(), taken);
  }

  /// Another Service that an address was made up for, or null.
  @Nullable ObjectKey other(IpAddress address, ObjectKey asking) {
    @Nullable ObjectKey owner = addresses.owner(address);
    return asking.equals(owner) ? null : owner;
  }

  /// The Service with the addresses that it lacks, or null after noting that there are none.
  @Nullable ServiceManifest complete(ServiceManifest service, Predicate<IpAddress> taken) {
    @Nullable ServiceManifest whole = again(service, taken);
    if (whole == null) {
      unplaced.put(service.key(), service.origin());
    }
    return whole;
  }

  /// The same without a note.
  @Nullable ServiceManifest again(ServiceManifest service, Predicate<IpAddress> taken) {
    @Nullable List<IpAddress> found = addresses.take(service.key(), service.lacking(), taken);
    return found == null ? null : service.with(found);
  }

  MadeAddresses addresses() {
    return addresses;
  }

  void addProblems(List<Problem> problems) {
    unplaced.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .ifPresent(first ->
            problems.add(
                first
                    .getValue()
                    .problem(
                        ProblemKind.MADE_UP_LIMIT,
                        "no address is left in %s for Service %s%s; make service_cidr larger"
                            .formatted(
                                addresses.ranges(), first.getKey(), more(unplaced.size() - 1)))));
  }

  static String more(int others) {
    return others == 0 ? "" : " and %d more".formatted(others);
  }
}
