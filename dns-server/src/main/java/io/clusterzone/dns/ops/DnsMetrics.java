package io.clusterzone.dns.ops;

import java.util.List;

/// What event loops count, in the names and labels that CoreDNS exports; what CoreDNS has not, with
/// our own prefix.
public final class DnsMetrics implements MetricSource {
  private static final String OWN = "clusterzone_";
  private static final List<String> TYPES = TypeLabels.all();

  private final Counters counters;

  public DnsMetrics(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void writeTo(MetricText text) {
    for (Event event : Event.values()) {
      String name = (event == Event.PANICS ? "coredns_" : OWN) + event.label();
      text.counter(name, event.help());
      text.sample("", counters.sum(event));
    }
    text.gauge(OWN + "tcp_connections", "TCP connections that are open.");
    text.sample("", counters.openConnections());
    writeRequests(text);
    writeDnssecOk(text);
    writeResponses(text);
    writeDurations(text);
    writeSizes(text);
    writeShed(text);
  }

  private void writeRequests(MetricText text) {
    text.counter("coredns_dns_requests_total", "Queries, by zone, protocol, family and type.");
    for (Scope scope : counters.scopes()) {
      for (boolean tcp : new boolean[] {false, true}) {
        for (boolean ipv6 : new boolean[] {false, true}) {
          writeRequests(text, scope, tcp, ipv6);
        }
      }
    }
  }

  private void writeRequests(MetricText text, Scope scope, boolean tcp, boolean ipv6) {
    String common =
        labels(scope) + "," + MetricText.labels("proto", proto(tcp), "family", ipv6 ? "2" : "1");
    for (int type = 0; type < TYPES.size(); type++) {
      long count = counters.sum(scope, ScopeSlots.requestOfSlot(tcp, ipv6, type));
      text.sampleIfAny(common + "," + MetricText.labels("type", TYPES.get(type)), count);
    }
  }

  private void writeDnssecOk(MetricText text) {
    text.counter("coredns_dns_do_requests_total", "Queries with the DO bit.");
    for (Scope scope : counters.scopes()) {
      text.sampleIfAny(labels(scope), counters.sum(scope, ScopeSlots.DNSSEC_OK));
    }
  }

  private void writeResponses(MetricText text) {
    text.counter(
        "coredns_dns_responses_total", "Responses, by zone, response code and what answered.");
    for (Scope scope : counters.scopes()) {
      for (int rcode = 0; rcode < ScopeSlots.RCODES; rcode++) {
        for (Stage stage : Stage.values()) {
          long count = counters.sum(scope, ScopeSlots.response(rcode, stage));
          if (count != 0) {
            String by = MetricText.labels("rcode", rcode(rcode), "plugin", stage.label());
            text.sample(labels(scope) + "," + by, count);
          }
        }
      }
    }
  }

  /// The last place takes every code above the known ones.
  private static String rcode(int place) {
    return place == ScopeSlots.RCODES - 1 ? "other" : Mnemonics.rcode(place);
  }

  private void writeDurations(MetricText text) {
    text.histogram(
        "coredns_dns_request_duration_seconds", "Time from a query's arrival to its response.");
    for (Scope scope : counters.scopes()) {
      writeHistogram(text, scope, labels(scope), Buckets.DURATION, ScopeSlots.DURATIONS);
    }
  }

  private void writeSizes(MetricText text) {
    text.histogram("coredns_dns_request_size_bytes", "Octets of queries.");
    for (Scope scope : counters.scopes()) {
      for (boolean tcp : new boolean[] {false, true}) {
        writeHistogram(
            text, scope, sizeLabels(scope, tcp), Buckets.SIZE, ScopeSlots.requestSizes(tcp));
      }
    }
    text.histogram("coredns_dns_response_size_bytes", "Octets of responses.");
    for (Scope scope : counters.scopes()) {
      for (boolean tcp : new boolean[] {false, true}) {
        writeHistogram(
            text, scope, sizeLabels(scope, tcp), Buckets.SIZE, ScopeSlots.responseSizes(tcp));
      }
    }
  }

  private void writeShed(MetricText text) {
    text.counter(OWN + "shed_total", "Queries that were not let wait for an upstream.");
    for (Scope scope : counters.scopes()) {
      for (ShedReason reason : ShedReason.values()) {
        String labels = labels(scope) + "," + MetricText.labels("reason", reason.label());
        text.sampleIfAny(labels, counters.shed(scope, reason));
      }
    }
  }

  private void writeHistogram(
      MetricText text, Scope scope, String labels, Buckets buckets, int firstSlot) {
    long sum = counters.sum(scope, firstSlot + buckets.places());
    text.histogram(labels, buckets, counters.sums(scope, firstSlot, buckets), sum);
  }

  private static String sizeLabels(Scope scope, boolean tcp) {
    return labels(scope) + "," + MetricText.labels("proto", proto(tcp));
  }

  static String labels(Scope scope) {
    return MetricText.labels("server", scope.server(), "zone", scope.zone(), "view", "");
  }

  private static String proto(boolean tcp) {
    return tcp ? "tcp" : "udp";
  }
}
