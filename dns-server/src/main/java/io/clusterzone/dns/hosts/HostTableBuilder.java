package io.clusterzone.dns.hosts;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;
import io.clusterzone.zones.name.NameMap;
import io.clusterzone.zones.name.NameMapEditor;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects pairs of address and name, and makes a [HostTable] of them. One thread; for one table.
///
/// Each record goes at once into the node of its name: nearly all names have one, and a large file
/// takes no memory beside that of its table.
final class HostTableBuilder {
  /// Records of one RRset at the most, the first ones given. Lists that block advertisements give
  /// 0.0.0.0 more names than fit in a message.
  static final int MAX_RECORDS = 1000;

  private final List<Name> zones;
  private final boolean reverse;
  private final int ttlSeconds;
  private final NameMapEditor<Node> nodes = NameMap.<Node>empty().edit();
  private final NameMapEditor<Node> wildcards = NameMap.<Node>empty().edit();
  private int records;

  /// @param zones at or below which names are taken; others are left out, with their PTR records
  /// @param reverse whether addresses get PTR records: one for each name without a `*` as first
  ///   label, in the order given
  /// @param ttlSeconds of every record
  HostTableBuilder(List<Name> zones, boolean reverse, int ttlSeconds) {
    this.zones = List.copyOf(zones);
    this.reverse = reverse;
    this.ttlSeconds = ttlSeconds;
  }

  void add(IpAddress given, Name name) {
    if (zones.stream().noneMatch(name::isAtOrBelow)) {
      return;
    }
    IpAddress address = unmapped(given);
    if (isWildcard(name)) {
      put(wildcards, name.parent(), rdata(address));
      return;
    }
    put(nodes, name, rdata(address));
    if (reverse) {
      put(nodes, ReverseName.of(address), new Rdata.Ptr(name));
    }
  }

  private static boolean isWildcard(Name name) {
    byte[] wire = name.toWire();
    return wire[0] == 1 && wire[1] == '*';
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

  private void put(NameMapEditor<Node> into, Name owner, Rdata rdata) {
    Node held = find(into, owner);
    if (held == null) {
      put(into, owner, Content.of(RRset.of(ttlSeconds, List.of(rdata))));
    } else if (!isFull(held, rdata.type())) {
      add(into, owner, held.content().rrsets(), rdata);
    }
  }

  private static @Nullable Node find(NameMapEditor<Node> from, Name owner) {
    byte[] folded = owner.toFoldedWire();
    return from.find(folded, 0, folded.length, NameHash.of(folded, 0, folded.length));
  }

  private void put(NameMapEditor<Node> into, Name owner, Content content) {
    into.put(Node.of(owner, content));
    records++;
  }

  /// Adds a record to those that the owner holds, unless it is one of them.
  private void add(NameMapEditor<Node> into, Name owner, List<RRset> held, Rdata rdata) {
    List<RRset> next = new ArrayList<>(held);
    List<Rdata> same = new ArrayList<>();
    for (RRset rrset : held) {
      if (rrset.type() == rdata.type()) {
        next.remove(rrset);
        same.addAll(rrset.rdata());
      }
    }
    if (!same.contains(rdata)) {
      same.add(rdata);
      next.add(RRset.of(ttlSeconds, same));
      put(into, owner, new Content(next, Set.of()));
    }
  }

  private static boolean isFull(Node node, int type) {
    int rrset = node.find(type);
    return rrset >= 0 && node.recordCount(rrset) >= MAX_RECORDS;
  }

  /// The number of records added so far.
  int records() {
    return records;
  }

  HostTable build() {
    return new HostTable(nodes.finish(), wildcards.finish(), records);
  }
}
