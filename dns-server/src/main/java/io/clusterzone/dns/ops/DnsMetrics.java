package io.clusterzone.dns.ops;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// The counts of event loops, in the names and labels that CoreDNS exports; others, with our own
/// prefix.
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
    text.gauge(OWN + "told_zones", "Zones with numbers of their own; others are in zone other.");
    text.sample("", counters.told());
    List<CountedScope> counted = counters.counted();
    writeRequests(text, counted);
    writeDnssecOk(text, counted);
    writeResponses(text, counted);
    writeDurations(text, counted);
    text.histogram("coredns_dns_request_size_bytes", "Octets of queries.");
    writeSizes(text, counted, ScopeSlots::requestSizes);
    text.histogram("coredns_dns_response_size_bytes", "Octets of responses.");
    writeSizes(text, counted, ScopeSlots::responseSizes);
    writeShed(text, counted);
  }

  private static void writeRequests(MetricText text, List<CountedScope> counted) {
    text.counter("coredns_dns_requests_total", "Queries, by zone, protocol, family and type.");
    for (CountedScope scope : counted) {
      for (Protocol protocol : Protocol.values()) {
        for (boolean ipv6 : new boolean[] {false, true}) {
          writeRequests(text, scope, protocol, ipv6);
        }
      }
    }
  }

  private static void writeRequests(
      MetricText text, CountedScope scope, Protocol protocol, boolean ipv6) {
    String common =
        labels(scope.scope())
            + ","
            + MetricText.labels("proto", protocol.label(), "family", ipv6 ? "2" : "1");
    for (int type = 0; type < TYPES.size(); type++) {
      long count = scope.sum(ScopeSlots.requestOfSlot(protocol, ipv6, type));
      text.sampleIfAny(common + "," + MetricText.labels("type", TYPES.get(type)), count);
    }
  }

  private static void writeDnssecOk(MetricText text, List<CountedScope> counted) {
    text.counter("coredns_dns_do_requests_total", "Queries with the DO bit.");
    for (CountedScope scope : counted) {
      text.sampleIfAny(labels(scope.scope()), scope.sum(ScopeSlots.DNSSEC_OK));
    }
  }

  private static void writeResponses(MetricText text, List<CountedScope> counted) {
    text.counter(
        "coredns_dns_responses_total", "Responses, by zone, response code and what answered.");
    for (CountedScope scope : counted) {
      for (int rcode = 0; rcode < ScopeSlots.RCODES; rcode++) {
        for (Stage stage : Stage.values()) {
          long count = scope.sum(ScopeSlots.response(rcode, stage));
          if (count != 0) {
            String by = MetricText.labels("rcode", rcode(rcode), "plugin", stage.label());
            text.sample(labels(scope.scope()) + "," + by, count);
          }
        }
      }
    }
  }

  /// Adds the responses of a scope to sums by code.
  static void addResponses(CountedScope scope, Map<String, Long> sums) {
    for (int rcode = 0; rcode < ScopeSlots.RCODES; rcode++) {
      long count = 0;
      for (Stage stage : Stage.values()) {
        count += scope.sum(ScopeSlots.response(rcode, stage));
      }
      if (count != 0) {
        sums.merge(rcode(rcode), count, Long::sum);
      }
    }
  }

  /// Adds the requests of a scope to sums by type.
  static void addRequests(CountedScope scope, Map<String, Long> sums) {
    for (int type = 0; type < TYPES.size(); type++) {
      long count = 0;
      for (Protocol protocol : Protocol.values()) {
        count += scope.sum(ScopeSlots.requestOfSlot(protocol, false, type));
        count += scope.sum(ScopeSlots.requestOfSlot(protocol, true, type));
      }
      if (count != 0) {
        sums.merge(TYPES.get(type), count, Long::sum);
      }
    }
  }

  /// The last place takes every code above the known ones.
  private static String rcode(int place) {
    return place == ScopeSlots.RCODES - 1 ? "other" : Mnemonics.rcode(place);
  }

  private static void writeDurations(MetricText text, List<CountedScope> counted) {
    text.histogram(
        "coredns_dns_request_duration_seconds", "Time from a query's arrival to its response.");
    for (CountedScope scope : counted) {
      writeHistogram(text, scope, labels(scope.scope()), Buckets.DURATION, ScopeSlots.DURATIONS);
    }
  }

  private static void writeSizes(
      MetricText text, List<CountedScope> counted, ToIntFunction<Protocol> firstSlot) {
    for (CountedScope scope : counted) {
      for (Protocol protocol : Protocol.values()) {
        String labels = labels(scope.scope()) + "," + MetricText.labels("proto", protocol.label());
        writeHistogram(text, scope, labels, Buckets.SIZE, firstSlot.applyAsInt(protocol));
      }
    }
  }

  private static void writeShed(MetricText text, List<CountedScope> counted) {
    text.counter(OWN + "shed_total", "Queries that were not let wait for an upstream.");
    for (CountedScope scope : counted) {
      for (ShedReason reason : ShedReason.values()) {
        String labels = labels(scope.scope()) + "," + MetricText.labels("reason", reason.label());
        text.sampleIfAny(labels, scope.sum(ScopeSlots.shed(reason)));
      }
    }
  }

  private static void writeHistogram(
      MetricText text, CountedScope scope, String labels, Buckets buckets, int firstSlot) {
    long sum = scope.sum(firstSlot + buckets.places());
    text.histogram(labels, buckets, scope.sums(firstSlot, buckets), sum);
  }

  static String labels(Scope scope) {
    return MetricText.labels("server", scope.server(), "zone", scope.zone(), "view", "");
  }
}
