package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest;
import io.clusterzone.k8s.source.object.Manifest.PodEndpoints;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.source.yaml.Origin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides whether the Service `default/kubernetes` is made up. Confined to the source's thread.
///
/// It is where the files do not have it, and the operator asked for a whole cluster or a Service
/// needs a made-up address: the objects of a cluster that has its own are not joined by a stranger.
final class ApiServerService {
  private static final Map<String, String> LABELS =
      Map.of("component", "apiserver", "provider", "kubernetes");

  private final Definitions definitions;
  private final MadeOptions options;
  private final ServiceManifest service;
  private int lacking;
  private boolean made;

  ApiServerService(Definitions definitions, ManifestOptions options) {
    this.definitions = definitions;
    this.options = options.made();
    List<Port> ports = List.of(new Port("https", "tcp", 443));
    this.service =
        new ServiceManifest(
            new Service(MadeServiceIps.API_SERVER, Service.Type.CLUSTER_IP, List.of(), ports, ""),
            new Origin("made up", 0, 0),
            options.labels().matches(LABELS),
            List.of(),
            options.made().serviceFamilies().stream().limit(1).toList(),
            new PodEndpoints(Map.of(), List.of(), true, true, false, true));
  }

  /// Another definition of a Service counts; null is none.
  void replace(@Nullable ServiceManifest old, @Nullable ServiceManifest now) {
    lacking += lacks(now) - lacks(old);
  }

  private static int lacks(@Nullable ServiceManifest service) {
    return service == null || service.lacking().isEmpty() ? 0 : 1;
  }

  /// Adds it to the changed Services where it comes or goes.
  void settle(Map<ObjectKey, @Nullable ServiceManifest> changed, Namespaces namespaces) {
    boolean wanted = !options.serviceRanges().isEmpty() && (options.asked() || lacking > 0);
    boolean given =
        definitions.get(new Manifest.Identity(Manifest.Kind.SERVICE, service.key())) != null;
    boolean now = wanted && !given;
    if (now != made) {
      namespaces.mention(service.key().namespace(), now ? 1 : -1);
      if (!given) {
        changed.put(service.key(), now ? service : null);
      }
    }
    made = now;
  }
}
