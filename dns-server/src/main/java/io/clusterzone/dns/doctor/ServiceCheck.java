package io.clusterzone.dns.doctor;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.zones.record.RRType;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Whether the Service that Pods are told of leads to servers that are ready.
final class ServiceCheck implements Check {
  private static final String NAME = "Service kube-system/kube-dns";

  @Override
  public Section section() {
    return Section.SERVICE;
  }

  @Override
  public void look(Look look, Findings findings) throws InterruptedException {
    KubeDns dns = look.kubeDns();
    if (!dns.problem().isEmpty()) {
      findings.skipped(NAME, dns.problem());
    } else if (!dns.exists()) {
      findings.failed(
          NAME,
          "it does not exist, so Pods have no name server",
          "create it with the cluster IP that kubelets have as clusterDNS");
    } else if (dns.clusterIps().isEmpty() || dns.clusterIps().contains("None")) {
      findings.failed(
          NAME, "it has no cluster IP", "give it the address that kubelets have as clusterDNS");
    } else {
      findings.passed(NAME, "has the address " + String.join(", ", dns.clusterIps()));
      ports(look, dns, findings);
      endpoints(dns, findings);
      resolvConf(look, dns, findings);
      dns.clusterIps().forEach(address -> ask(look, address, findings));
    }
  }

  private static void ports(Look look, KubeDns dns, Findings findings) {
    for (String protocol : List.of("UDP", "TCP")) {
      String port = look.here().dnsPort() + "/" + protocol;
      if (dns.ports().contains(port)) {
        findings.passed("port " + port, "is there");
      } else {
        findings.failed(
            "port " + port,
            "the Service has " + String.join(", ", dns.ports()),
            "add the port: resolvers ask at no other");
      }
    }
  }

  private static void endpoints(KubeDns dns, Findings findings) {
    if (dns.ready().isEmpty()) {
      findings.failed(
          "endpoints",
          dns.unready().isEmpty()
              ? "there is none: its selector fits no Pod"
              : "none of " + dns.unready().size() + " is ready",
          "see the Pods that its selector means: kubectl -n kube-system describe service kube-dns");
    } else {
      findings.passed("endpoints", dns.ready().size() + " ready");
    }
  }

  private static void resolvConf(Look look, KubeDns dns, Findings findings) {
    if (!look.here().pod()) {
      findings.skipped(
          "name server of Pods", "this is not a Pod, whose /etc/resolv.conf would name it");
      return;
    }
    try {
      List<String> servers = new ArrayList<>();
      for (String line : Files.readAllLines(look.here().resolvConf())) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 1 && words[0].equals("nameserver")) {
          servers.add(words[1]);
        }
      }
      if (servers.stream().anyMatch(dns.clusterIps()::contains)) {
        findings.passed("name server of Pods", "is the Service");
      } else {
        findings.failed(
            "name server of Pods",
            "Pods ask " + String.join(", ", servers) + ", not the Service",
            "give the Service that cluster IP, or set clusterDNS of the kubelets to the Service's;"
                + " with a cache on each node the address may be that cache's");
      }
    } catch (IOException e) {
      findings.skipped("name server of Pods", "cannot be read: " + e.getMessage());
    }
  }

  private static void ask(Look look, String address, Findings findings) {
    String check = "answers at " + address;
    String fault;
    try {
      var server = new InetSocketAddress(InetAddress.ofLiteral(address), look.here().dnsPort());
      Answer answer = DnsProbe.udp(server, look.zones().getFirst(), RRType.SOA);
      if (DnsProbe.serial(answer).isPresent()) {
        findings.passed(check, "has the zone");
        return;
      }
      fault =
          answer instanceof Answer.Silence
              ? NetUtil.toSocketAddressString(server) + " does not reply within a second"
              : "its reply has no SOA of " + look.zones().getFirst();
    } catch (IOException | IllegalArgumentException e) {
      fault = "cannot be asked: " + e.getMessage();
    }
    if (look.here().pod()) {
      findings.failed(check, fault, "see kube-proxy, or what stands for it, on this node");
    } else {
      findings.skipped(check, fault + "; from outside of the cluster that says nothing");
    }
  }
}
