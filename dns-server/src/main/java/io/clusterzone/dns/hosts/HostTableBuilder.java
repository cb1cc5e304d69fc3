package io.clusterzone.dns.hosts;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.records.ReverseName;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameMap;
import io.clusterzone.zones.name.NameMapEditor;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Collects pairs of address and name, and makes a [HostTable] of them. One thread; for one table.
final class HostTableBuilder {
  /// Records at one name at the most, the first ones given. Lists that block advertisements give
  /// 0.0.0.0 more names than fit in a message.
  static final int MAX_RECORDS = 1000;

  private final List<Name> zones;
  private final boolean reverse;
  private final Map<Name, List<Rdata>> owners = new HashMap<>();

  /// @param zones at or below which names are taken; others are left out, with their PTR records
  /// @param reverse whether addresses get PTR records: one for each name, in the order given
  HostTableBuilder(List<Name> zones, boolean reverse) {
    this.zones = List.copyOf(zones);
    this.reverse = reverse;
  }

  void add(IpAddress given, Name name) {
    if (zones.stream().noneMatch(name::isAtOrBelow)) {
      return;
    }
    IpAddress address = unmapped(given);
    put(name, rdata(address));
    if (reverse) {
      put(ReverseName.of(address), new Rdata.Ptr(name));
    }
  }

  /// The IPv4 address that an IPv6 one may stand for (RFC 4291 section 2.5.5.2): an AAAA record of
  /// it would lead nowhere.
  private static IpAddress unmapped(IpAddress address) {
    boolean mapped = !address.isV4() && address.high() == 0 && address.low() >>> 32 == 0xffff;
    return mapped ? IpAddress.v4((int) address.low()) : address;
  }

  private static Rdata rdata(IpAddress address) {
    return address.isV4()
        ? new Rdata.A(address.v4Bits())
        : new Rdata.Aaaa(address.high(), address.low());
  }

  private void put(Name owner, Rdata rdata) {
    List<Rdata> held = owners.computeIfAbsent(owner, _ -> new ArrayList<>(1));
    if (held.size() < MAX_RECORDS && !held.contains(rdata)) {
      held.add(rdata);
    }
  }

  HostTable build(int ttlSeconds) {
    NameMapEditor<Node> nodes = NameMap.<Node>empty().edit();
    owners.forEach((owner, rdata) -> nodes.put(Node.of(owner, content(rdata, ttlSeconds))));
    int records = owners.values().stream().mapToInt(List::size).sum();
    return new HostTable(nodes.finish(), records);
  }

  private static Content content(List<Rdata> rdata, int ttlSeconds) {
    if (rdata.size() == 1) {
      return Content.of(RRset.of(ttlSeconds, rdata));
    }
    Map<Integer, List<Rdata>> byType = new TreeMap<>();
    rdata.forEach(one -> byType.computeIfAbsent(one.type(), _ -> new ArrayList<>()).add(one));
    return Content.of(
        byType.values().stream().map(same -> RRset.of(ttlSeconds, same)).toArray(RRset[]::new));
  }
}
