package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which version of each Service is accepted, so that no address has two owners. Gives
/// addresses to those that lack one. Confined to the source's thread.
///
/// As at the API server, an address stays with the Service that has it. One that is free goes to a
/// Service that moves before it goes to a new one, and among these to the first in the order of
/// places. A version that claims what is another's is not accepted; the last one stays. Made-up
/// addresses are given when the others have theirs.
final class ClusterIps {
  private static final Comparator<ServiceManifest> BY_PLACE =
      Comparator.comparing(ServiceManifest::origin);

  private final Map<ObjectKey, ServiceManifest> wanted = new HashMap<>();

  /// As the files have them.
  private final Map<ObjectKey, ServiceManifest> accepted = new HashMap<>();

  /// With the addresses made up for them.
  private final Map<ObjectKey, ServiceManifest> completed = new HashMap<>();

  private final Map<ObjectKey, Problem> rejected = new HashMap<>();
  private final Map<IpAddress, ObjectKey> owners = new HashMap<>();
  private final MadeServiceIps made;

  ClusterIps(MadeServiceIps made) {
    this.made = made;
  }

  @Nullable ServiceManifest accepted(ObjectKey key) {
    return completed.get(key);
  }

  void addProblems(List<Problem> problems) {
    problems.addAll(rejected.values());
    made.addProblems(problems);
  }

  /// Takes the new definitions of some Services; null is none. Returns the Services whose accepted
  /// version may have changed, and puts the accepted versions into `last`.
  Set<ObjectKey> settle(
      Map<ObjectKey, @Nullable ServiceManifest> changed, Map<ObjectKey, ServiceManifest> last) {
    Set<ObjectKey> touched = new HashSet<>(changed.keySet());
    touched.addAll(made.begin());
    changed.forEach(this::want);
    // Services turned away before may get their address now.
    touched.addAll(rejected.keySet());
    release(touched, last);
    List<ServiceManifest> moving = new ArrayList<>();
    List<ServiceManifest> newcomers = new ArrayList<>();
    for (ObjectKey key : touched) {
      @Nullable ServiceManifest service = wanted.get(key);
      @Nullable ServiceManifest before = last.get(key);
      if (service != null && (before == null || !hasAll(before, service) || !take(service))) {
        (before == null ? newcomers : moving).add(service);
      }
    }
    settle(moving, last);
    settle(newcomers, last);
    complete(touched, last);
    return touched;
  }

  MadeServiceIps made() {
    return made;
  }

  /// Gives the accepted ones the addresses that they lack; one that there is none for keeps its
  /// last version, or is not accepted.
  private void complete(Set<ObjectKey> touched, Map<ObjectKey, ServiceManifest> last) {
    touched.forEach(completed::remove);
    List<ServiceManifest> lacking = new ArrayList<>();
    for (ObjectKey key : touched) {
      @Nullable ServiceManifest service = accepted.get(key);
      made.renew(key, service, owners::containsKey);
      if (service != null && !service.lacking().isEmpty()) {
        lacking.add(service);
      } else if (service != null) {
        completed.put(key, service);
      }
    }
    lacking.sort(MadeServiceIps.ORDER);
    for (ServiceManifest service : lacking) {
      @Nullable ServiceManifest whole = made.complete(service, owners::containsKey);
      if (whole == null) {
        giveBack(service);
        @Nullable ServiceManifest before = last.get(service.key());
        whole = before != null && take(before) ? made.again(before, owners::containsKey) : null;
      }
      if (whole == null) {
        accepted.remove(service.key());
      } else {
        completed.put(service.key(), whole);
      }
    }
  }

  /// Accepts what can be. A Service that is turned away keeps its last addresses, which one of the
  /// others may have counted on: they are settled anew without it.
  private void settle(List<ServiceManifest> services, Map<ObjectKey, ServiceManifest> last) {
    services.sort(BY_PLACE);
    List<ServiceManifest> refused = refused(services);
    while (!refused.isEmpty()) {
      refused.forEach(this::reject);
      services.removeIf(service -> rejected.containsKey(service.key()));
      services.forEach(this::giveBack);
      for (ServiceManifest service : refused) {
        @Nullable ServiceManifest before = last.get(service.key());
        if (before != null) {
          take(before);
        }
      }
      refused = refused(services);
    }
  }

  private List<ServiceManifest> refused(List<ServiceManifest> services) {
    List<ServiceManifest> refused = new ArrayList<>(services);
    refused.removeIf(this::take);
    return refused;
  }

  private void want(ObjectKey key, @Nullable ServiceManifest service) {
    if (service == null) {
      wanted.remove(key);
    } else {
      wanted.put(key, service);
    }
  }

  /// Gives back the addresses of these Services, but for those made up that they go on lacking.
  private void release(Set<ObjectKey> keys, Map<ObjectKey, ServiceManifest> last) {
    for (ObjectKey key : keys) {
      made.renew(key, wanted.get(key), owners::containsKey);
      rejected.remove(key);
      @Nullable ServiceManifest service = accepted.get(key);
      if (service != null) {
        last.put(key, service);
        giveBack(service);
      }
    }
  }

  private void giveBack(ServiceManifest service) {
    accepted.remove(service.key());
    service.service().clusterIps().forEach(owners::remove);
  }

  private static boolean hasAll(ServiceManifest owner, ServiceManifest service) {
    return owner.service().clusterIps().containsAll(service.service().clusterIps());
  }

  private boolean take(ServiceManifest service) {
    for (IpAddress address : service.service().clusterIps()) {
      if (owners.containsKey(address) || made.other(address, service.key()) != null) {
        return false;
      }
    }
    service.service().clusterIps().forEach(address -> owners.put(address, service.key()));
    accepted.put(service.key(), service);
    return true;
  }

  private void reject(ServiceManifest service) {
    List<IpAddress> addresses = service.service().clusterIps();
    for (int i = 0; i < addresses.size(); i++) {
      @Nullable ObjectKey owner = owners.get(addresses.get(i));
      owner = owner == null ? made.other(addresses.get(i), service.key()) : owner;
      if (owner != null) {
        rejected.put(service.key(), problem(service, i, owner));
        break;
      }
    }
  }

  private Problem problem(ServiceManifest service, int index, ObjectKey owner) {
    @Nullable ServiceManifest other = accepted.get(owner);
    return service
        .ipOrigins()
        .get(index)
        .problem(
            ProblemKind.ADDRESS_TAKEN,
            "cluster IP %s of Service %s belongs to Service %s (%s); give one of them another"
                .formatted(
                    service.service().clusterIps().get(index),
                    service.key(),
                    owner,
                    other == null ? "" : other.origin()));
  }
}
