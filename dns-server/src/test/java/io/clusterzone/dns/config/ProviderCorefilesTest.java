package io.clusterzone.dns.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The shapes of Corefiles that cloud providers and small distributions bring along, and of what
/// their users add. Each is read, or refused with the place and the name of everything that is not
/// there, and nothing besides.
final class ProviderCorefilesTest {
  private static final Map<String, String> FILES =
      Map.of(
          "/etc/resolv.conf",
          "nameserver 192.0.2.53\n",
          "/etc/coredns/custom/stub.server",
          "corp.example:53 {\n  errors\n  cache 30\n  forward . 192.0.2.60 192.0.2.61\n}\n",
          "/etc/coredns/custom/names.override",
          "rewrite name old.example new.example\nlog\n");

  static List<Arguments> corefiles() {
    return List.of(
        // EKS: kubeadm's without a TTL.
        corefile(
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
                }
                prometheus :9153
                forward . /etc/resolv.conf
                cache 30
                loop
                reload
                loadbalance
            }
            """),
        // kind and minikube: kubeadm's, and the host's name.
        corefile(
            """
            .:53 {
                log
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
                hosts {
                   192.0.2.1 host.minikube.internal
                   fallthrough
                }
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
            """),
        // MicroK8s: public resolvers by address, classes of the log.
        corefile(
            """
            .:53 {
                errors
                health {
                  lameduck 5s
                }
                ready
                log . {
                  class error
                }
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                  pods insecure
                  fallthrough in-addr.arpa ip6.arpa
                }
                prometheus :9153
                forward . 192.0.2.8 192.0.2.4
                cache 30
                loop
                reload
                loadbalance
            }
            """),
        // Stub domains: a block for each, as kube-dns's ConfigMap is turned into.
        corefile(
            """
            .:53 {
                errors
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                }
                forward . 192.0.2.1 192.0.2.2 {
                    policy sequential
                }
                cache 30
                reload
            }
            acme.example:53 corp.example:53 {
                errors
                cache 30
                loop
                forward . 192.0.2.10:5353 {
                    prefer_udp
                }
            }
            10.150.0.0/16 {
                cache 30
                forward . tls://192.0.2.11 {
                    tls_servername dns.example
                }
            }
            """),
        // The cache of a node.
        corefile(
            """
            cluster.local:53 {
                errors
                cache {
                    success 9984 30
                    denial 9984 5
                }
                reload
                loop
                bind 169.254.20.10 10.96.0.10
                forward . 10.96.0.20 {
                    force_tcp
                }
                prometheus :9253
                health 169.254.20.10:8080
            }
            .:53 {
                errors
                cache 30
                reload
                loop
                bind 169.254.20.10 10.96.0.10
                forward . /etc/resolv.conf
                prometheus :9253
            }
            """),
        // An override that needs what is not there, beside a server that does not.
        corefile(
            """
            .:53 {
                errors
                kubernetes cluster.local
                forward . /etc/resolv.conf
                import /etc/coredns/custom/*.override
            }
            import /etc/coredns/custom/*.server
            """,
            "/etc/coredns/custom/names.override:1:1: rewrite"),
        // What users add most.
        corefile(
            """
            .:53 {
                errors
                pprof localhost:6060
                rewrite stop name regex (.*)\\.old\\.example {1}.new.example
                template ANY AAAA {
                    rcode NOERROR
                }
                autopath @kubernetes
                acl {
                    block net 192.0.2.0/24
                }
                kubernetes cluster.local {
                    pods verified
                    resyncperiod 5m
                    upstream
                }
                k8s_external example.org
                file /zones/db.example example.org
                dns64
                forward . dns.example:53
                cache
            }
            """,
            "Corefile:4:5: rewrite",
            "Corefile:5:5: template",
            "Corefile:8:5: autopath",
            "Corefile:9:5: acl",
            "Corefile:14:9: kubernetes resyncperiod",
            "Corefile:15:9: kubernetes upstream",
            "Corefile:17:5: k8s_external",
            "Corefile:18:5: file",
            "Corefile:19:5: dns64",
            "Corefile:20:15: forward"));
  }

  @ParameterizedTest
  @MethodSource("corefiles")
  void readsThemOrNamesAllThatIsNotThere(String corefile, List<String> refused) {
    assertThat(Corefiles.problems(corefile, FILES).lines().map(line -> placeAndName(line)))
        .containsExactlyElementsOf(refused);
  }

  private static String placeAndName(String problem) {
    return problem.substring(0, problem.indexOf(": ", problem.indexOf(": ") + 1));
  }

  private static Arguments corefile(String text, String... refused) {
    return Arguments.of(text, List.of(refused));
  }
}
