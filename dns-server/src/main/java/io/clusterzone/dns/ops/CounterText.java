package io.clusterzone.dns.ops;

import java.util.List;

/// Writes counters as text, one per line, in the names and labels that CoreDNS exports.
public final class CounterText {
  private static final String OWN = "clusterzone_";
  private static final List<String> TYPES = TypeLabels.all();

  private final Counters counters;
  private final StringBuilder text = new StringBuilder();

  private CounterText(Counters counters) {
    this.counters = counters;
  }

  /// Every event, and the requests and responses that there have been.
  public static String of(Counters counters) {
    CounterText writer = new CounterText(counters);
    for (Event event : Event.values()) {
      writer.event(event);
    }
    writer.line(OWN + "tcp_connections", "", counters.openConnections());
    for (Scope scope : counters.scopes()) {
      writer.requests(scope);
      writer.responses(scope);
    }
    return writer.text.toString();
  }

  private void event(Event event) {
    String name = event == Event.PANICS ? "coredns_" + event.label() : OWN + event.label();
    text.append("# HELP ").append(name).append(' ').append(event.help()).append('\n');
    line(name, "", counters.sum(event));
  }

  private void requests(Scope scope) {
    for (int i = 0; i < 4; i++) {
      boolean tcp = i >= 2;
      boolean ipv6 = i % 2 == 1;
      for (int type = 0; type < TYPES.size(); type++) {
        String labels =
            labels(scope)
                + ",proto=\""
                + (tcp ? "tcp" : "udp")
                + "\",family=\""
                + (ipv6 ? "2" : "1")
                + "\",type=\""
                + TYPES.get(type)
                + "\"";
        long count = counters.sum(scope, ScopeSlots.requestOfSlot(tcp, ipv6, type));
        lineIfAny("coredns_dns_requests_total", labels, count);
      }
    }
    lineIfAny(
        "coredns_dns_do_requests_total", labels(scope), counters.sum(scope, ScopeSlots.DNSSEC_OK));
  }

  private void responses(Scope scope) {
    for (int rcode = 0; rcode < ScopeSlots.RCODES; rcode++) {
      for (Stage stage : Stage.values()) {
        String labels =
            labels(scope)
                + ",rcode=\""
                + Mnemonics.rcode(rcode)
                + "\",plugin=\""
                + stage.label()
                + "\"";
        long count = counters.sum(scope, ScopeSlots.response(rcode, stage));
        lineIfAny("coredns_dns_responses_total", labels, count);
      }
    }
    for (boolean tcp : new boolean[] {false, true}) {
      String labels = labels(scope) + ",proto=\"" + (tcp ? "tcp" : "udp") + "\"";
      lineIfAny(
          "coredns_dns_request_size_bytes_sum",
          labels,
          counters.sum(scope, ScopeSlots.requestOctets(tcp)));
      lineIfAny(
          "coredns_dns_response_size_bytes_sum",
          labels,
          counters.sum(scope, ScopeSlots.responseOctets(tcp)));
    }
  }

  private static String labels(Scope scope) {
    return "server=\""
        + escaped(scope.server())
        + "\",zone=\""
        + escaped(scope.zone())
        + "\",view=\"\"";
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private void lineIfAny(String name, String labels, long count) {
    if (count != 0) {
      line(name, labels, count);
    }
  }

  private void line(String name, String labels, long count) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(count).append('\n');
  }
}
