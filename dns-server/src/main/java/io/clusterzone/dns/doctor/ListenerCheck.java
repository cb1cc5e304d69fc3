package io.clusterzone.dns.doctor;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Whether each address answers for a zone of the cluster within a second: over UDP, over TCP, and
/// when a TCP client asks so much at once that the replies fill several segments.
final class ListenerCheck implements Check {
  /// Some 3 kB of replies.
  private static final int MANY = 32;

  private static final String NETWORK =
      "see that the server listens there, and that no NetworkPolicy, firewall or other process is in"
          + " the way";

  /// A way to ask.
  private interface Asking {
    Answer ask(InetSocketAddress server, Name zone) throws IOException;
  }

  @Override
  public Section section() {
    return Section.LISTENERS;
  }

  @Override
  public void look(Look look, Findings findings) {
    Set<InetSocketAddress> addresses = new LinkedHashSet<>(look.subjects().addresses());
    look.reached().forEach(server -> addresses.addAll(server.listeners()));
    if (addresses.isEmpty()) {
      findings.skipped("addresses", "none is known; name one with --at, or a server with --server");
    }
    for (InetSocketAddress address : addresses) {
      String name = NetUtil.toSocketAddressString(address);
      ask(
          "UDP " + name,
          look.zones(),
          findings,
          address,
          (server, zone) -> DnsProbe.udp(server, zone, RRType.SOA));
      ask(
          "TCP " + name,
          look.zones(),
          findings,
          address,
          (server, zone) -> DnsProbe.tcp(server, zone, RRType.SOA));
      ask(
          "TCP " + name + ", " + MANY + " questions at once",
          look.zones(),
          findings,
          address,
          (server, zone) -> DnsProbe.tcp(server, zone, RRType.SOA, MANY));
    }
  }

  /// Passes with the first zone that has an SOA there: each server block has zones of its own.
  private static void ask(
      String check, List<Name> zones, Findings findings, InetSocketAddress server, Asking asking) {
    String last = "";
    for (Name zone : zones) {
      try {
        Answer answer = asking.ask(server, zone);
        var serial = DnsProbe.serial(answer);
        if (serial.isPresent()) {
          findings.passed(check, "has " + zone + " with serial " + serial.getAsLong());
          return;
        }
        last = describe(answer, zone);
      } catch (IOException e) {
        last = "cannot be asked: " + e.getMessage();
      }
    }
    findings.failed(check, last, NETWORK);
  }

  private static String describe(Answer answer, Name zone) {
    return switch (answer) {
      case Answer.Silence _ -> "no reply within a second";
      case Answer.Malformed(var fault) -> "a reply that is no DNS message: " + fault;
      case Answer.Message message ->
          "a reply without the SOA of " + zone + ", with response code " + message.rcode();
    };
  }
}
