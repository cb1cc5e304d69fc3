package io.clusterzone.dns.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Where a server process listens, all on 127.0.0.1.
///
/// @param dns the first of a row of ports that nothing else uses
record ServerPorts(int dns) {
  private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");

  int health() {
    return dns + 1;
  }

  int ready() {
    return dns + 2;
  }

  int metrics() {
    return dns + 3;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(LOCAL, dns);
  }

  /// kubeadm's Corefile, but for the addresses.
  ///
  /// @param kubernetes lines of the directive that say where the cluster is
  /// @param upstream where `forward` asks
  String kubeadm(String kubernetes, String upstream) {
    return """
    .:%d {
        bind 127.0.0.1
        errors
        health 127.0.0.1:%d {
            lameduck 5s
        }
        ready 127.0.0.1:%d
        kubernetes cluster.local in-addr.arpa ip6.arpa {
            %s
            pods insecure
            fallthrough in-addr.arpa ip6.arpa
            ttl 30
        }
        prometheus 127.0.0.1:%d
        forward . %s {
            max_concurrent 1000
        }
        cache 30 {
            disable success cluster.local
            disable denial cluster.local
        }
        loop
        reload
        loadbalance
    }
    """
        .formatted(dns, health(), ready(), kubernetes, metrics(), upstream);
  }
}
