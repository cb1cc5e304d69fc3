package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.made.MadeCounts;
import io.clusterzone.k8s.made.MadeText;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.object.Manifest;
import io.clusterzone.k8s.source.object.Manifest.Identity;
import io.clusterzone.k8s.source.object.Manifest.ImportManifest;
import io.clusterzone.k8s.source.object.Manifest.NodeManifest;
import io.clusterzone.k8s.source.object.Manifest.PodManifest;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import io.clusterzone.k8s.source.object.Manifest.SliceManifest;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.source.object.ParsedFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The cluster of all files together, and the effect of changed files on it. Confined to the
/// source's thread.
///
/// A change costs what it touches: the objects of the files that changed, the Services of slices,
/// Endpoints and Pods among them, and the Services that wait for a cluster IP.
public final class ManifestModel {
  /// A file's versions before and after; an absent file is [ParsedFile#EMPTY].
  public record Change(ParsedFile before, ParsedFile after) {}

  private final Definitions definitions = new Definitions();
  private final ClusterIps clusterIps;
  private final GivenSlices givenSlices = new GivenSlices();
  private final PodIndex pods = new PodIndex();
  private final SelectorIndex selectors = new SelectorIndex();
  private final MadeSlices madeSlices = new MadeSlices(definitions, givenSlices, pods);
  private final ApiServerService apiServer;
  private final MadePods madePods;
  private final MissingParts missing = new MissingParts();
  private final Namespaces namespaces;
  private final Served served;

  /// The version that counted of each object that the changes at hand touch; null is nothing.
  private final Map<Identity, @Nullable Manifest> before = new LinkedHashMap<>();

  /// Services whose endpoints may have changed.
  private final Set<ObjectKey> services = new HashSet<>();

  public ManifestModel(ManifestOptions options) {
    clusterIps = new ClusterIps(new MadeServiceIps(options.made()));
    madePods = new MadePods(definitions, options, new PodListener());
    apiServer = new ApiServerService(definitions, options);
    namespaces = new Namespaces(definitions, options.namespaceLabels());
    served = new Served(options.kinds());
  }

  /// The made-up parts beside the files, in a sentence; empty for nothing.
  public String made() {
    return MadeText.of(clusterIps.made().addresses(), madePods.addresses());
  }

  public MadeCounts madeCounts() {
    return new MadeCounts(clusterIps.made().addresses().owners(), madePods.addresses().owners());
  }

  public Set<IpAddress> madeAddresses() {
    return Stream.concat(clusterIps.made().addresses().all(), madePods.addresses().all())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The problems between objects that are each right.
  public void addProblems(List<Problem> problems) {
    definitions.addProblems(problems);
    clusterIps.addProblems(problems);
    madePods.addProblems(problems);
  }

  /// The parts missing beside objects that are right.
  public void addMissing(List<Problem> problems) {
    missing.addProblems(problems, pods::isIn);
  }

  /// Applies changes as one, and returns the events that they amount to.
  public List<ClusterEvent> apply(List<Change> changes) {
    for (Change change : changes) {
      change.before().manifests().forEach(this::remember);
      change.after().manifests().forEach(this::remember);
    }
    for (Change change : changes) {
      change.before().manifests().forEach(definitions::remove);
      change.before().namespaces().forEach(name -> namespaces.mention(name, -1));
    }
    for (Change change : changes) {
      change.after().manifests().forEach(definitions::add);
      change.after().namespaces().forEach(name -> namespaces.mention(name, 1));
    }
    settle();
    return served.takeBatch();
  }

  private void remember(Manifest manifest) {
    Identity id = manifest.id();
    if (!before.containsKey(id)) {
      before.put(id, definitions.get(id));
    }
  }

  private void settle() {
    Map<ObjectKey, @Nullable ServiceManifest> changedServices = new HashMap<>();
    before.forEach((id, old) -> {
      @Nullable Manifest now = definitions.get(id);
      if (id.kind() == Manifest.Kind.SERVICE) {
        changedServices.put(id.key(), (ServiceManifest) now);
        apiServer.replace((ServiceManifest) old, (ServiceManifest) now);
      }
      index(old, false);
      index(now, true);
      serve(id, now);
      madePods.replace(id, old, now);
    });
    before.clear();
    madePods.settle();
    apiServer.settle(changedServices, namespaces);
    settleServices(changedServices);
    namespaces.settle(served);
  }

  /// Takes a version into the indexes that counts now, or out of them.
  private void index(@Nullable Manifest manifest, boolean counts) {
    switch (manifest) {
      case SliceManifest slice -> {
        givenSlices.count(slice, counts ? 1 : -1);
        services.add(GivenSlices.serviceOf(slice));
      }
      case PodManifest pod when !pod.bare() -> {
        pods.file(pod, counts);
        selectors.addCandidates(pod, services);
      }
      case NodeManifest _ -> selectors.addAll(services);
      case null, default -> {}
    }
  }

  private void serve(Identity id, @Nullable Manifest now) {
    ObjectKey key = id.key();
    switch (id.kind()) {
      case NAMESPACE -> namespaces.touch(key.name());
      case SERVICE, ENDPOINTS -> services.add(key);
      case ENDPOINT_SLICE -> serve(Kind.ENDPOINT_SLICE, key, objectOf(now));
      case POD -> {
        if (!(now instanceof PodManifest pod && pod.bare())) {
          serve(Kind.POD, key, objectOf(now));
        }
      }
      case SERVICE_IMPORT -> serve(Kind.SERVICE_IMPORT, key, objectOf(now));
      default -> {} // The others count for Pods and endpoints alone.
    }
  }

  private void serve(Kind kind, ObjectKey key, @Nullable ClusterObject object) {
    if (object == null) {
      served.remove(kind, key);
    } else {
      served.put(object);
    }
  }

  /// The object itself, where the filters let it through.
  private static @Nullable ClusterObject objectOf(@Nullable Manifest manifest) {
    return switch (manifest) {
      case SliceManifest slice when slice.selected() -> slice.slice();
      case ImportManifest found -> found.serviceImport();
      case ServiceManifest service when service.selected() -> service.service();
      case PodManifest pod when pod.selected() && !pod.state().ended() && !pod.state().unknown() ->
          new ClusterObject.Pod(pod.key(), pod.addresses());
      case null, default -> null;
    };
  }

  /// Takes the Pods that are made into the indexes, and out of them.
  private final class PodListener implements MadePods.Listener {
    @Override
    public void enter(PodManifest pod) {
      index(pod, true);
      serve(Kind.POD, pod.key(), objectOf(pod));
    }

    /// A Pod of the files may have come in its place.
    @Override
    public void withdraw(PodManifest pod) {
      index(pod, false);
      serve(Kind.POD, pod.key(), null);
      @Nullable Manifest given = definitions.get(pod.id());
      if (given instanceof PodManifest other && !other.bare()) {
        enter(other);
      }
    }
  }

  private void settleServices(Map<ObjectKey, @Nullable ServiceManifest> changed) {
    Map<ObjectKey, ServiceManifest> old = new HashMap<>();
    Set<ObjectKey> settled = clusterIps.settle(changed, old);
    for (ObjectKey key : settled) {
      @Nullable ServiceManifest last = old.get(key);
      @Nullable ServiceManifest now = clusterIps.accepted(key);
      if (last != null) {
        selectors.remove(last);
      }
      if (now != null) {
        selectors.add(now);
      }
      serve(Kind.SERVICE, key, objectOf(now));
    }
    services.addAll(settled);
    for (ObjectKey key : services) {
      @Nullable ServiceManifest service = clusterIps.accepted(key);
      madeSlices.settle(key, service, served);
      missing.settle(key, service, madeSlices.hasAny(key), selectsPod(service));
    }
    services.clear();
  }

  private boolean selectsPod(@Nullable ServiceManifest service) {
    return service != null
        && !service.endpoints().selector().isEmpty()
        && !pods.matching(service.key().namespace(), service.endpoints().selector()).isEmpty();
  }
}
