package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.record.RdataText;
import io.clusterzone.zones.zone.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Collects the addresses and SRV targets of one owner name.
///
/// An RRset is a set (RFC 2181 section 5): an address stands in it once however many slices name
/// it, a target once per port number. Everything is sorted, so that the order in which a cluster
/// was learnt does not show.
final class OwnerContent {
  private static final int WHOLE_WEIGHT = 100;

  private final List<IpAddress> addresses = new ArrayList<>(1);
  private final List<Target> targets = new ArrayList<>(1);
  private int pairs;

  private record Target(Name name, int port) implements Comparable<Target> {
    @Override
    public int compareTo(Target other) {
      int order = name.compareTo(other.name);
      return order != 0 ? order : Integer.compare(port, other.port);
    }
  }

  /// Takes one of a backend's ports. A port without number still shares in the weight, as each
  /// address does.
  void add(Backend backend, Port port) {
    addresses.add(backend.address());
    pairs++;
    if (backend.name() != null && port.number() >= 0 && port.number() <= Port.MAX_NUMBER) {
      targets.add(new Target(backend.name(), port.number()));
    }
  }

  /// The content of the owner name; it exists even if that is nothing.
  ///
  /// @param skipped takes what an RRset has no room for, and why
  Content content(int ttlSeconds, Set<String> skipped) {
    List<RRset> rrsets = new ArrayList<>(3);
    addAddresses(rrsets, sortedSet(addresses), ttlSeconds);
    if (!targets.isEmpty()) {
      int weight = Math.max(1, WHOLE_WEIGHT / pairs);
      List<Rdata> records = new ArrayList<>(targets.size());
      for (Target target : sortedSet(targets)) {
        records.add(new Rdata.Srv(0, weight, target.port(), target.name()));
      }
      rrsets.add(RRset.of(ttlSeconds, records));
    }
    rrsets.replaceAll(rrset -> fitting(rrset, skipped));
    return rrsets.isEmpty() ? Content.EMPTY : new Content(rrsets, Set.of());
  }

  /// As much of an RRset as a zone takes.
  private static RRset fitting(RRset rrset, Set<String> skipped) {
    int count = rrset.rdata().size();
    if (count <= RRset.MAX_RECORDS) {
      return rrset;
    }
    skipped.add(
        "only %d of %d %s records fit in one RRset"
            .formatted(RRset.MAX_RECORDS, count, RdataText.type(rrset.type())));
    return RRset.of(rrset.ttlSeconds(), rrset.rdata().subList(0, RRset.MAX_RECORDS));
  }

  /// The elements in order, each once.
  private static <T extends Comparable<T>> List<T> sortedSet(List<T> elements) {
    if (elements.size() < 2) {
      return elements;
    }
    List<T> sorted = new ArrayList<>(elements);
    sorted.sort(null);
    List<T> set = new ArrayList<>(sorted.size());
    for (T element : sorted) {
      if (set.isEmpty() || element.compareTo(set.getLast()) != 0) {
        set.add(element);
      }
    }
    return set;
  }

  /// Adds the A RRset and the AAAA RRset of these addresses, where there are any.
  static void addAddresses(List<RRset> rrsets, Iterable<IpAddress> addresses, int ttlSeconds) {
    List<Rdata> v4 = new ArrayList<>();
    List<Rdata> v6 = new ArrayList<>();
    for (IpAddress address : addresses) {
      if (address.isV4()) {
        v4.add(new Rdata.A(address.v4Bits()));
      } else {
        v6.add(new Rdata.Aaaa(address.high(), address.low()));
      }
    }
    if (!v4.isEmpty()) {
      rrsets.add(RRset.of(ttlSeconds, v4));
    }
    if (!v6.isEmpty()) {
      rrsets.add(RRset.of(ttlSeconds, v6));
    }
  }
}
