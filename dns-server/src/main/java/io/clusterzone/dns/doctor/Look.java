package io.clusterzone.dns.doctor;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One round of an examination: what several checks need is read once. For one thread.
final class Look {
  private static final Name DEFAULT_ZONE = Name.parse("cluster.local.");

  private final Subjects subjects;
  private final @Nullable CorefileReading corefile;
  private final List<ServerStatus> servers;
  private @Nullable KubeDns kubeDns;

  Look(Subjects subjects) {
    this.subjects = subjects;
    Supplier<CorefileReading> reader = subjects.corefile();
    this.corefile = reader == null ? null : reader.get();
    this.servers = subjects.servers().stream().map(ServerStatus::of).toList();
  }

  Subjects subjects() {
    return subjects;
  }

  Subjects.Here here() {
    return subjects.here();
  }

  /// Null if none is named.
  @Nullable CorefileReading corefile() {
    return corefile;
  }

  /// The servers asked for their pages, those that did not answer too.
  List<ServerStatus> servers() {
    return servers;
  }

  List<ServerStatus> reached() {
    return servers.stream().filter(ServerStatus::isReached).toList();
  }

  /// The Service and its endpoints, from the first cluster.
  KubeDns kubeDns() throws InterruptedException {
    KubeDns known = kubeDns;
    if (known == null) {
      known = KubeDns.of(subjects.clusters());
      kubeDns = known;
    }
    return known;
  }

  /// The primary zones of the servers or else of the Corefile; `cluster.local` if there are none.
  List<Name> zones() {
    List<Name> zones = new ArrayList<>();
    for (ServerStatus server : reached()) {
      for (JsonNode cluster : server.clusters()) {
        zones.add(Name.parse(cluster.path("zone").asString(".")));
      }
    }
    if (zones.isEmpty() && corefile != null) {
      corefile.legible().all(Kubernetes.class).forEach(each -> zones.add(each.primaryZone()));
    }
    return zones.isEmpty() ? List.of(DEFAULT_ZONE) : zones.stream().distinct().toList();
  }
}
