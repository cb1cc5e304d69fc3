package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Trait;
import io.clusterzone.zones.zone.Zone;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// One zone of the schema: what it holds from the start, and which objects the rest comes from.
record SchemaZone(Name apex, Role role, SchemaOptions options) {
  enum Role {
    CLUSTER,
    CLUSTER_SET,
    REVERSE
  }

  private static final int VERSION_TTL_SECONDS = 28800;
  private static final int REFRESH_SECONDS = 7200;
  private static final int RETRY_SECONDS = 1800;
  private static final int EXPIRE_SECONDS = 86400;
  private static final Set<Trait> FIXED = Set.of(Trait.EXISTS, Trait.FIXED);

  /// All zones that the options name.
  static List<SchemaZone> of(SchemaOptions options) {
    List<SchemaZone> zones = new ArrayList<>();
    options.forwardZones().forEach(z -> zones.add(new SchemaZone(z, Role.CLUSTER, options)));
    options
        .multiclusterZones()
        .forEach(z -> zones.add(new SchemaZone(z, Role.CLUSTER_SET, options)));
    options.reverseZones().forEach(z -> zones.add(new SchemaZone(z, Role.REVERSE, options)));
    return zones;
  }

  /// The zone before anything is known of it. Targets end with the zones of clusters.
  Zone first(int serial) {
    List<Name> ends = new ArrayList<>();
    Stream.of(options.forwardZones(), options.multiclusterZones())
        .flatMap(List::stream)
        .forEach(zone -> {
          ends.add(zone.child("svc"));
          ends.add(zone);
        });
    return Zone.of(apex, soa(serial), options.soaTtlSeconds(), ends);
  }

  /// The kinds of objects that have to be known before a negative answer of the zone is true.
  Set<Kind> kinds() {
    Set<Kind> kinds = EnumSet.copyOf(options.kinds());
    switch (role) {
      case CLUSTER -> kinds.remove(Kind.SERVICE_IMPORT);
      case CLUSTER_SET -> kinds.remove(Kind.SERVICE);
      case REVERSE -> {
        kinds.remove(Kind.SERVICE_IMPORT);
        kinds.remove(Kind.POD);
      }
    }
    return kinds;
  }

  private Rdata.Soa soa(int serial) {
    return new Rdata.Soa(
        nameServer(),
        apex.child("hostmaster"),
        serial,
        REFRESH_SECONDS,
        RETRY_SECONDS,
        EXPIRE_SECONDS,
        options.ttlSeconds());
  }

  /// The name of this server where no Service stands for it; the mname of the SOA in any case.
  Name nameServer() {
    return apex.child("dns").child("ns");
  }

  /// The zone's names in any cluster, except the apex and [#nameServer], which have the name
  /// servers. A NODATA at these names is right before anything is known.
  Map<Name, Content> fixedContents() {
    Map<Name, Content> contents = new HashMap<>();
    contents.put(apex.child("dns"), new Content(List.of(), FIXED));
    if (role != Role.REVERSE) {
      contents.put(apex.child("svc"), new Content(List.of(), FIXED));
      contents.put(apex.child("pod"), new Content(List.of(), FIXED));
      contents.put(apex.child("dns-version"), new Content(List.of(version()), FIXED));
    }
    return contents;
  }

  /// The version of the specification that the names follow: the Kubernetes one (section 2.2), and
  /// that of KEP-1645 for the cluster set.
  private RRset version() {
    String version = role == Role.CLUSTER ? "1.1.0" : "1.0.0";
    return RRset.of(VERSION_TTL_SECONDS, List.of(new Rdata.Txt(List.of(version))));
  }

  /// The apex's content beside its SOA: the NS RRset, and PTR records where the zone is that of a
  /// single address. There a NODATA has to wait until it is known that there is none.
  Content apexContent(List<Name> nameServers, List<Rdata> pointers) {
    List<RRset> rrsets = new ArrayList<>(2);
    rrsets.add(RRset.of(options.ttlSeconds(), nameServers.stream().map(Rdata.Ns::new).toList()));
    if (!pointers.isEmpty()) {
      rrsets.add(RRset.of(options.ttlSeconds(), pointers));
    }
    return new Content(rrsets, ReverseName.isOfOneAddress(apex) ? Set.of(Trait.EXISTS) : FIXED);
  }
}
