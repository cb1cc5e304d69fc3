package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The names of a headless Service per topology zone: `VALUE.pin._zone.SVC` holds the endpoints of
/// that zone or nothing, `VALUE.prefer._zone.SVC` those or else all. VALUE may have several labels.
///
/// Any VALUE is to be answered, so both directives have a wildcard (RFC 4592) with the answer for a
/// VALUE without endpoints. A wildcard covers only names whose closest encloser is its own parent;
/// each name that a known VALUE brings into being (`b` of `a.b`) would hide the names below it, and
/// so has a wildcard of its own.
final class ZonalNames {
  private final Name service;
  private final List<Backend> endpoints;
  private final int ttlSeconds;
  private final Set<String> skipped;
  private final Map<Name, Content> contents = new HashMap<>();

  ZonalNames(Name service, List<Backend> endpoints, int ttlSeconds, Set<String> skipped) {
    this.service = service;
    this.endpoints = endpoints;
    this.ttlSeconds = ttlSeconds;
    this.skipped = skipped;
  }

  Map<Name, Content> contents() {
    directive("pin", Content.EMPTY);
    directive("prefer", content(endpoints.stream()));
    return contents;
  }

  private void directive(String label, Content elsewhere) {
    Name zone = OwnerNames.child(service, "_zone");
    Name directive = zone == null ? null : OwnerNames.child(zone, label);
    if (directive == null) {
      skipped.add("no room for its zonal names");
      return;
    }
    Map<Name, Content> values = values(directive);
    Set<Name> enclosers = new HashSet<>(Set.of(directive));
    for (Name value : values.keySet()) {
      for (Name at = value; !at.equals(directive); at = at.parent()) {
        enclosers.add(at);
        contents.put(at, values.getOrDefault(at, elsewhere));
      }
    }
    for (Name encloser : enclosers) {
      if (encloser.length() + 2 <= Name.MAX_LENGTH) {
        contents.put(encloser.child("*"), elsewhere);
      }
    }
  }

  /// The owner name of each known VALUE, and the endpoints of that zone.
  private Map<Name, Content> values(Name directive) {
    Map<Name, Content> values = new HashMap<>();
    for (Map.Entry<String, List<Backend>> zone : byZone().entrySet()) {
      Name owner = OwnerNames.below(directive, zone.getKey());
      if (owner == null) {
        skipped.add("no zonal names for topology zone \"" + OwnerNames.shown(zone.getKey()) + "\"");
      } else {
        values.put(owner, content(zone.getValue().stream()));
      }
    }
    return values;
  }

  private Map<String, List<Backend>> byZone() {
    Map<String, List<Backend>> zones = new LinkedHashMap<>();
    for (Backend endpoint : endpoints) {
      if (!endpoint.zone().isEmpty()) {
        zones
            .computeIfAbsent(endpoint.zone().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(endpoint);
      }
    }
    return zones;
  }

  private Content content(Stream<Backend> backends) {
    var owner = new OwnerContent();
    backends.forEach(backend -> {
      for (Port port : backend.ports()) {
        owner.add(backend, port);
      }
    });
    return owner.content(ttlSeconds, skipped);
  }
}
