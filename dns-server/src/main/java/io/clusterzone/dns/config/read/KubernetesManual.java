package io.clusterzone.dns.config.read;

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
          Without `manifests` the cluster is learnt from the API server: that of the pod's service
          account unless `kubeconfig` or `endpoint` names another. With `manifests` the options that
          are about the API server (`endpoint`, `tls`, `kubeconfig`, `apiserver_*`, `endpoints`,
          `snapshot`) have no effect. Manifests as a cluster prints them say everything; as authors
          write them they leave addresses and Pods to the cluster, and `service_cidr` and `pod_cidr`
          have these made up: cluster IPs as the API server gives them, `default/kubernetes` at the
          first address, and ready Pods, of an autoscaler's `minReplicas` where a workload does not say
          how many. Slices, Endpoints and Pods of a workload that are in the manifests stand in the
          place of made ones; Jobs have none. Equal manifests get equal addresses on every machine,
          and while the server runs none changes.
          Paths are relative to the working directory. A kubeconfig's
          `tls-server-name` is whom the certificate must name; it is sent in the handshake where the
          server's URL has an address. The file is read again when the server no longer accepts
          the credentials, is no longer trusted or cannot be reached: then it is followed to where
          the file says by now. Credentials go over TLS alone, and to the server alone: a server
          without a scheme is asked over https and in no other way, to one with http:// none are
          sent, and no redirect is followed.

          ServiceImports are read as `v1beta1` or `v1alpha1` of `multicluster.x-k8s.io`, whichever
          is served. One that is headless and whose controller publishes no EndpointSlices here
          (`status.endpointSliceObjects: Absent`) is SERVFAIL with the extended error 0, since its
          endpoints are not known.

          What cannot be a name is left out and reported, and the rest is served: an endpoint whose
          hostname is no label has the name of its address. A headless Service without a ready
          endpoint is NXDOMAIN: at once when its last one becomes not ready, and within a second
          when its last one leaves a slice, since it may be on the way to another.\
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
