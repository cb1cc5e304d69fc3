package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.util.List;

/// Zones of any size for tests and benchmarks, with names as a large cluster has them.
final class LargeZone {
  static final Name FORWARD = Name.parse("cluster.local.");
  static final Name REVERSE = Name.parse("10.in-addr.arpa.");

  private static final int NAMESPACES = 500;
  private static final int TTL_SECONDS = 5;

  private LargeZone() {}

  static Zone forward(int names) {
    var editor = new ZoneEditor(empty(FORWARD));
    for (int i = 0; i < names; i++) {
      editor.replace(service(i), address(i));
    }
    return editor.finish(1).zone();
  }

  static Zone reverse(int names) {
    var editor = new ZoneEditor(empty(REVERSE));
    for (int i = 0; i < names; i++) {
      var ptr = new Rdata.Ptr(service(i));
      editor.replace(reverseName(i), Content.of(RRset.of(TTL_SECONDS, List.of(ptr))));
    }
    return editor.finish(1).zone();
  }

  static Zone empty(Name apex) {
    return Zone.of(apex, new Rdata.Soa(apex, apex, 0, 7200, 1800, 86400, 5), TTL_SECONDS);
  }

  static Name service(int number) {
    return Name.parse("svc-" + number + ".ns-" + number % NAMESPACES + ".svc.cluster.local.");
  }

  static Content address(int number) {
    return Content.of(RRset.of(TTL_SECONDS, List.of(new Rdata.A(0x0a00_0000 | number))));
  }

  private static Name reverseName(int number) {
    return REVERSE
        .child(Integer.toString(number >>> 16))
        .child(Integer.toString(number >>> 8 & 0xff))
        .child(Integer.toString(number & 0xff));
  }
}
