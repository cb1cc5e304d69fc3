package io.clusterzone.dns.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The server's counts.
///
/// @param values by what they are
record OverloadCounts(Map<String, Double> values) {
  static OverloadCounts of(ServerProcess server) throws IOException {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("received", server.metric("clusterzone_udp_received_total", ""));
    values.put("answered", server.metric("clusterzone_udp_sent_total", ""));
    for (String reason : new String[] {"full", "limited"}) {
      values.put(
          "dropped by the kernel: " + reason,
          server.metric("clusterzone_udp_kernel_dropped_total", "reason=\"" + reason + "\""));
    }
    values.put(
        "replies not taken by the socket", server.metric("clusterzone_udp_unsent_total", ""));
    for (String reason : new String[] {"behind", "waiting", "client", "max_concurrent"}) {
      values.put(
          "shed: " + reason, server.metric("clusterzone_shed_total", "reason=\"" + reason + "\""));
    }
    values.put("exceptions", server.metric("coredns_panics_total", ""));
    return new OverloadCounts(values);
  }

  /// Per second since an earlier time.
  String since(OverloadCounts before, int seconds) {
    StringBuilder text = new StringBuilder("server, per second:");
    values.forEach((what, value) ->
        text.append(
            String.format(
                Locale.ROOT,
                " %s %.0f;",
                what,
                (value - before.values.getOrDefault(what, 0.0)) / seconds)));
    return text.toString();
  }
}
