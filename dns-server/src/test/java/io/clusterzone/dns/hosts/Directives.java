package io.clusterzone.dns.hosts;

import io.clusterzone.dns.config.Hosts;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.zone.Node;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;

/// Directives `hosts` for tests, and what their names hold.
final class Directives {
  private Directives() {}

  static Hosts of(Path file, Duration reload, Hosts.Entry... entries) {
    return new Hosts(
        file, List.of(Name.ROOT), List.of(entries), 60, true, reload, List.of(Name.ROOT), false);
  }

  static Hosts.Entry entry(String address, String... names) {
    return new Hosts.Entry(IpAddress.parse(address), Stream.of(names).map(Name::parse).toList());
  }

  /// The records at a name, as text; `-` if it is not there.
  static String records(HostTable table, String name) {
    Node node = table.find(query(name));
    return node == null
        ? "-"
        : node.content().rrsets().stream()
            .flatMap(rrset -> rrset.rdata().stream())
            .map(Object::toString)
            .collect(Collectors.joining(" "));
  }

  static QueryView query(String name) {
    var question = Record.newRecord(dnsName(name), org.xbill.DNS.Type.A, DClass.IN);
    byte[] message = Message.newQuery(question).toWire();
    var view = new QueryView();
    var _ = view.read(ByteBuffer.wrap(message), 0, message.length);
    return view;
  }

  private static org.xbill.DNS.Name dnsName(String name) {
    try {
      return new org.xbill.DNS.Name(Name.parse(name).toWire());
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
