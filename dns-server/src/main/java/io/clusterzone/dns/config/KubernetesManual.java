package io.clusterzone.dns.config;

import java.util.List;

/// The reference of `kubernetes`.
final class KubernetesManual {
  static final Manual MANUAL =
      new Manual(
          "kubernetes",
          "kubernetes [ZONES...]",
          "Serves the zones of a cluster, as the Kubernetes DNS-Based Service Discovery"
              + " specification has them.",
          List.of(
              new Manual.Row(
                  "ZONES...",
                  "the zones of the block's keys",
                  "names and prefixes; at least one forward zone",
                  "the zones to serve; targets of PTR records are in the first forward one")),
          Option.rows(KubernetesOptionTable.OPTIONS),
          """
          This version reads manifests only: a block without `manifests` is an error, and the
          options that are about a live cluster (`endpoint`, `tls`, `kubeconfig`, `apiserver_*`,
          `endpoints`, `snapshot`) are read and have no effect. Paths are relative to the working
          directory.\
          """,
          """
          .:53 {
              kubernetes cluster.local 10.96.0.0/16 {
                  manifests /etc/clusterzone/manifests
                  pods insecure
                  ttl 30
                  fallthrough in-addr.arpa ip6.arpa
              }
          }
          """);

  private KubernetesManual() {}
}
