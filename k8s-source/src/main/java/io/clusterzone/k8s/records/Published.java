package io.clusterzone.k8s.records;

import io.clusterzone.k8s.records.Subject.ServiceNames;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The view that each Service's records were made from. For the zone writer's thread only.
///
/// The records themselves are not kept: they are worked out again to find those that have to go,
/// and those that an address leads back to.
final class Published {
  private final Map<ServiceNames, ServiceView> views = new HashMap<>();

  @Nullable ServiceView get(ServiceNames names) {
    return views.get(names);
  }

  void put(ServiceNames names, @Nullable ServiceView view) {
    if (view == null) {
      views.remove(names);
    } else {
      views.put(names, view);
    }
  }
}
