package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Trait;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Zones for the tests of this package, as a cluster has them.
final class Fixture {
  static final int TTL = 5;
  static final Name CLUSTER = Name.parse("cluster.local.");
  static final Name REVERSE = Name.parse("10.in-addr.arpa.");

  private Fixture() {}

  /// The forward and the reverse zone of a small cluster, synced.
  static Zones cluster() {
    return new Zones(List.of(forward(true), reverse()));
  }

  /// The same, known from an earlier time.
  static Zones stale() {
    return new Zones(List.of(stale(forward(true)), stale(reverse())));
  }

  static Zone stale(Zone zone) {
    var editor = new ZoneEditor(zone);
    editor.stale(true);
    return editor.finish(8).zone();
  }

  static Zone forward(boolean synced) {
    var editor = new ZoneEditor(empty(CLUSTER, TTL));
    editor.replace(CLUSTER, Content.of(ns("kube-dns.kube-system.svc.cluster.local.")));
    put(editor, "kube-dns.kube-system.svc", a("10.96.0.10"), aaaa(0x0a));
    put(editor, "web.shop.svc", a("10.96.0.1"), srv("web.shop.svc.cluster.local.", 80, 443));
    put(editor, "_http._tcp.web.shop.svc", srv("web.shop.svc.cluster.local.", 80));
    put(editor, "v6.shop.svc", aaaa(0x66));
    put(editor, "1_a.shop.svc", a("10.96.0.2"));
    put(editor, "db.shop.svc", a(addresses(10)));
    put(editor, "alias.shop.svc", cname("WEB.shop.svc.cluster.local."));
    put(editor, "alias2.shop.svc", cname("alias.shop.svc.cluster.local."));
    put(editor, "db-alias.shop.svc", cname("db.shop.svc.cluster.local."));
    put(editor, "out.shop.svc", cname("www.Example.com."));
    put(editor, "gone.shop.svc", cname("missing.shop.svc.cluster.local."));
    put(editor, "gone-reverse.shop.svc", cname("9.9.9.10.in-addr.arpa."));
    put(editor, "self.shop.svc", cname("self.shop.svc.cluster.local."));
    put(editor, "ping.shop.svc", cname("pong.shop.svc.cluster.local."));
    put(editor, "pong.shop.svc", cname("ping.shop.svc.cluster.local."));
    for (int i = 1; i <= 50; i++) {
      String target = i == 1 ? "web" : "chain" + (i - 1);
      put(editor, "chain" + i + ".shop.svc", cname(target + ".shop.svc.cluster.local."));
    }
    put(editor, "*.wild.shop.svc", a("10.96.0.3"));
    put(editor, "sub.host.wild.shop.svc", a("10.96.0.4"));
    editor.replace(
        Name.parse("*.none.shop.svc.cluster.local."), new Content(List.of(), Set.of(Trait.EXISTS)));
    editor.replace(
        Name.parse("shop.pod.cluster.local."),
        new Content(List.of(), Set.of(Trait.EXISTS, Trait.ADDRESS_LABELS)));
    put(editor, "to-pod.shop.svc", cname("10-1-2-3.shop.pod.cluster.local."));
    editor.replace(
        Name.parse("svc.cluster.local."),
        new Content(List.of(), Set.of(Trait.EXISTS, Trait.FIXED)));
    editor.synced(synced);
    return editor.finish(7).zone();
  }

  static Zone reverse() {
    var editor = new ZoneEditor(empty(REVERSE, 3600));
    editor.replace(
        Name.parse("1.0.96.10.in-addr.arpa."),
        Content.of(
            RRset.of(TTL, List.of(new Rdata.Ptr(Name.parse("web.shop.svc.cluster.local."))))));
    editor.synced(true);
    return editor.finish(7).zone();
  }

  static Zone empty(Name apex, int ttl) {
    Name mname = Name.parse("ns.dns." + apex);
    Name rname = Name.parse("hostmaster." + apex);
    var soa = new Rdata.Soa(mname, rname, 1, 7200, 1800, 86400, ttl);
    return Zone.of(apex, soa, Math.min(ttl, 300));
  }

  static void put(ZoneEditor editor, String owner, RRset... rrsets) {
    editor.replace(Name.parse(owner + "." + CLUSTER), Content.of(rrsets));
  }

  static RRset a(String... addresses) {
    List<Rdata> rdata = new ArrayList<>();
    for (String address : addresses) {
      rdata.add(new Rdata.A(ipv4(address)));
    }
    return RRset.of(TTL, rdata);
  }

  static String[] addresses(int count) {
    String[] addresses = new String[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = "10.244." + (i >> 8) + "." + (i & 0xff);
    }
    return addresses;
  }

  private static int ipv4(String address) {
    int value = 0;
    for (String octet : address.split("\\.", -1)) {
      value = value << 8 | Integer.parseInt(octet);
    }
    return value;
  }

  /// The address `fd00::low`.
  static RRset aaaa(long low) {
    return RRset.of(TTL, List.of(new Rdata.Aaaa(0xfd00L << 48, low)));
  }

  static RRset srv(String target, int... ports) {
    List<Rdata> rdata = new ArrayList<>();
    for (int port : ports) {
      rdata.add(new Rdata.Srv(0, 100, port, Name.parse(target)));
    }
    return RRset.of(TTL, rdata);
  }

  static RRset cname(String target) {
    return RRset.of(TTL, List.of(new Rdata.Cname(Name.parse(target))));
  }

  static RRset ns(String target) {
    return RRset.of(TTL, List.of(new Rdata.Ns(Name.parse(target))));
  }
}
