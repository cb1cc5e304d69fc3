package io.clusterzone.dns.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Corefiles as they are found in clusters. Each is refused with every directive that is not there
/// yet, at once, and none besides.
final class KnownCorefilesTest {
  private static final String NOT_SERVED =
      ": CoreDNS has this directive, but this version does not serve it yet; remove it to start"
          + " without it";
  private static final String NO_LIVE_CLUSTER =
      "kubernetes: reading a live cluster is not in this version; add \"manifests PATH...\" with"
          + " files or directories to read instead";

  @Test
  void namesAllThatKubeadmsDefaultNeeds() {
    String text =
        """
        .:53 {
            errors
            health {
                lameduck 5s
            }
            ready
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods insecure
                fallthrough in-addr.arpa ip6.arpa
                ttl 30
            }
            prometheus :9153
            forward . /etc/resolv.conf {
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
        """;
    assertThat(Corefiles.problems(text))
        .isEqualTo(
            String.join(
                "\n",
                "Corefile:3:5: health" + NOT_SERVED,
                "Corefile:6:5: ready" + NOT_SERVED,
                "Corefile:7:5: " + NO_LIVE_CLUSTER,
                "Corefile:12:5: prometheus" + NOT_SERVED,
                "Corefile:13:5: forward" + NOT_SERVED,
                "Corefile:16:5: cache" + NOT_SERVED,
                "Corefile:20:5: loop" + NOT_SERVED,
                "Corefile:21:5: reload" + NOT_SERVED));
  }

  @Test
  void namesAllThatK3sNeeds() {
    String text =
        """
        .:53 {
            errors
            health
            ready
            kubernetes cluster.local in-addr.arpa ip6.arpa {
              pods insecure
              fallthrough in-addr.arpa ip6.arpa
            }
            hosts /etc/coredns/NodeHosts {
              ttl 60
              reload 15s
              fallthrough
            }
            prometheus :9153
            cache 30
            loop
            reload
            loadbalance
            import /etc/coredns/custom/*.override
            forward . /etc/resolv.conf
        }
        import /etc/coredns/custom/*.server
        """;
    Map<String, String> custom =
        Map.of(
            "/etc/coredns/custom/log.override", "log\n",
            "/etc/coredns/custom/stub.server", "stub.example:53 {\n  forward . 192.0.2.53\n}\n");
    assertThat(Corefiles.problems(text, custom))
        .isEqualTo(
            String.join(
                "\n",
                "Corefile:3:5: health" + NOT_SERVED,
                "Corefile:4:5: ready" + NOT_SERVED,
                "Corefile:5:5: " + NO_LIVE_CLUSTER,
                "Corefile:9:5: hosts" + NOT_SERVED,
                "Corefile:14:5: prometheus" + NOT_SERVED,
                "Corefile:15:5: cache" + NOT_SERVED,
                "Corefile:16:5: loop" + NOT_SERVED,
                "Corefile:17:5: reload" + NOT_SERVED,
                "Corefile:20:5: forward" + NOT_SERVED,
                "/etc/coredns/custom/stub.server:2:3: forward" + NOT_SERVED));
  }

  @Test
  void namesAllThatAksNeeds() {
    String text =
        """
        .:53 {
            errors
            ready
            health {
              lameduck 5s
            }
            kubernetes cluster.local in-addr.arpa ip6.arpa {
              pods insecure
              fallthrough in-addr.arpa ip6.arpa
              ttl 30
            }
            prometheus :9153
            forward . /etc/resolv.conf
            cache 30
            loop
            reload
            loadbalance
            import custom/*.override
            template ANY ANY internal.cloudapp.net {
              match "^(?:[^.]+\\.){4,}internal\\.cloudapp\\.net\\.$"
              rcode NXDOMAIN
              fallthrough
            }
            template ANY ANY reddog.microsoft.com {
              rcode NXDOMAIN
            }
        }
        import custom/*.server
        """;
    assertThat(Corefiles.problems(text))
        .isEqualTo(
            String.join(
                "\n",
                "Corefile:3:5: ready" + NOT_SERVED,
                "Corefile:4:5: health" + NOT_SERVED,
                "Corefile:7:5: " + NO_LIVE_CLUSTER,
                "Corefile:12:5: prometheus" + NOT_SERVED,
                "Corefile:13:5: forward" + NOT_SERVED,
                "Corefile:14:5: cache" + NOT_SERVED,
                "Corefile:15:5: loop" + NOT_SERVED,
                "Corefile:16:5: reload" + NOT_SERVED,
                "Corefile:19:5: template" + NOT_SERVED,
                "Corefile:24:5: template" + NOT_SERVED));
  }
}
