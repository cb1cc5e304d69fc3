package io.clusterzone.dns.config.read;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The directives of CoreDNS 1.14 that this version has not, with advice; those of its plugin
/// `multicluster` too.
public final class RefusedDirectives {
  private static final String OTHER_TRANSPORT = "remove it; clients are served over UDP and TCP";
  private static final String NO_DNSSEC = "remove it, and forward to a server that signs the zone";

  /// The advice, by name.
  public static final SortedMap<String, String> ADVICE =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.ofEntries(
                  Map.entry("auto", "forward the zones to a server that has the files"),
                  Map.entry(
                      "autopath",
                      "remove it; a lower ndots in the Pods' dnsConfig saves questions"),
                  Map.entry("azure", "forward the zones to the resolvers of Azure"),
                  Map.entry("cancel", "remove it; forwarded questions end by themselves"),
                  Map.entry("clouddns", "forward the zones to the resolvers of Google Cloud"),
                  Map.entry("dns64", "forward to a resolver that does DNS64"),
                  Map.entry("dnssec", NO_DNSSEC),
                  Map.entry("dnstap", "use log or prometheus"),
                  Map.entry("erratic", "remove it; it is for tests"),
                  Map.entry("etcd", "forward the zones to a server that reads etcd"),
                  Map.entry(
                      "file",
                      "forward the zone to a server that has the file, or use hosts for addresses"),
                  Map.entry("geoip", "remove it, and the expressions that read it"),
                  Map.entry("grpc", "use forward, with tls:// if nobody may listen in"),
                  Map.entry("grpc_server", OTHER_TRANSPORT),
                  Map.entry(
                      "header", "remove it; the bits of replies are set as the RFCs have them"),
                  Map.entry("https", OTHER_TRANSPORT),
                  Map.entry("https3", OTHER_TRANSPORT),
                  Map.entry("k8s_external", "publish the names with ExternalDNS"),
                  Map.entry("local", "use hosts with the entry 127.0.0.1 localhost"),
                  Map.entry("metadata", "remove it; no directive here reads metadata"),
                  Map.entry(
                      "multicluster", "use the option multicluster of the directive kubernetes"),
                  Map.entry("nomad", "forward the zone to a server that reads Nomad"),
                  Map.entry("on", "remove it; a container has lifecycle hooks for commands"),
                  Map.entry(
                      "proxyproto",
                      "remove it; with externalTrafficPolicy: Local clients keep their addresses"),
                  Map.entry("quic", OTHER_TRANSPORT),
                  Map.entry(
                      "rewrite", "use a Service of type ExternalName, or hosts, for other names"),
                  Map.entry("root", "remove it and write absolute paths"),
                  Map.entry("route53", "forward the zones to the resolvers of AWS"),
                  Map.entry("secondary", "forward the zones to their servers"),
                  Map.entry("sign", NO_DNSSEC),
                  Map.entry("template", "use hosts for addresses, or forward the names"),
                  Map.entry("tls", OTHER_TRANSPORT),
                  Map.entry("trace", "use log or prometheus"),
                  Map.entry("transfer", "remove it; zones are not transferred"),
                  Map.entry("tsig", "remove it; there is nothing here that is signed with keys"),
                  Map.entry("view", "give each view an address (bind) or a port of its own"))));

  private RefusedDirectives() {}
}
