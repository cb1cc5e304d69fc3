package io.clusterzone.dns.doctor;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Whether each upstream of `forward` answers, and does not lead back to this server: by what the
/// server itself has found, by its address, and by a question for a name of the cluster that cannot
/// exist, which only the cluster's own DNS denies from the cluster's zone.
final class UpstreamCheck implements Check {
  private static final String STUB = "127.0.0.53";

  private static final String ELSEWHERE =
      "forward to name servers outside the cluster; on a host with systemd-resolved those in"
          + " /run/systemd/resolve/resolv.conf";

  @Override
  public Section section() {
    return Section.UPSTREAMS;
  }

  @Override
  public void look(Look look, Findings findings) {
    List<Upstreams.One> all = Upstreams.of(look);
    if (all.isEmpty()) {
      findings.skipped("upstreams", "no directive forward is known");
    }
    all.forEach(upstream -> look(look, upstream, findings));
  }

  private static void look(Look look, Upstreams.One upstream, Findings findings) {
    String check = "upstream " + upstream.name();
    InetSocketAddress address = upstream.address();
    if (upstream.state().equals("loops")) {
      findings.failed(check, "the server's own questions come back to it", ELSEWHERE);
    } else if (isServer(look, address)) {
      findings.failed(check, "it is the server itself", ELSEWHERE);
    } else if (address.getAddress().getHostAddress().equals(STUB)) {
      findings.failed(
          check,
          "it is the host's stub resolver: in a Pod nothing listens there, and on a host it may ask"
              + " the cluster's DNS again",
          ELSEWHERE);
    } else if (!upstream.isAskedHere()) {
      byState(check, upstream, findings);
    } else {
      ask(look, check, address, findings);
    }
  }

  private static void byState(String check, Upstreams.One upstream, Findings findings) {
    if (upstream.state().equals("down")) {
      findings.failed(
          check, "the server finds that it does not answer", "see that it runs and can be reached");
    } else if (upstream.state().equals("up")) {
      findings.passed(check, "the server has found no fault");
    } else {
      findings.skipped(check, "it is asked over TLS, which is not tried here");
    }
  }

  private static boolean isServer(Look look, InetSocketAddress address) {
    return look.subjects().addresses().contains(address)
        || look.reached().stream().anyMatch(server -> server.listeners().contains(address));
  }

  private static void ask(Look look, String check, InetSocketAddress address, Findings findings) {
    try {
      Answer answer = DnsProbe.udp(address, Name.ROOT, RRType.NS);
      if (answer instanceof Answer.Silence) {
        findings.failed(
            check, "no reply within a second", "see that it runs and can be reached from here");
        return;
      }
      for (Name zone : look.zones()) {
        byte[] random = new byte[8];
        ThreadLocalRandom.current().nextBytes(random);
        Name none = zone.child(HexFormat.of().formatHex(random));
        if (DnsProbe.isFrom(DnsProbe.udp(address, none, RRType.HINFO), zone)) {
          findings.failed(
              check, "it asks the cluster's DNS: it denies a name of " + zone, ELSEWHERE);
          return;
        }
      }
      findings.passed(check, "answers, and knows no zone of the cluster");
    } catch (IOException e) {
      findings.failed(
          check,
          "cannot be asked: " + e.getMessage(),
          "see that it runs and can be reached from here");
    }
  }
}
