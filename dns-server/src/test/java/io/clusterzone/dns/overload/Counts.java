package io.clusterzone.dns.overload;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What the server has counted.
///
/// @param values by what they are
record Counts(Map<String, Double> values) {
  static Counts of(ServedImage image) throws IOException, InterruptedException {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("received", image.metric("clusterzone_udp_received_total", ""));
    values.put("answered", image.metric("clusterzone_udp_sent_total", ""));
    values.put("dropped by the kernel", image.metric("clusterzone_udp_kernel_dropped_total", ""));
    values.put("replies not taken by the socket", image.metric("clusterzone_udp_unsent_total", ""));
    for (String reason : new String[] {"behind", "waiting", "client", "max_concurrent"}) {
      values.put(
          "shed: " + reason, image.metric("clusterzone_shed_total", "reason=\"" + reason + "\""));
    }
    values.put("exceptions", image.metric("coredns_panics_total", ""));
    return new Counts(values);
  }

  /// Per second since an earlier time.
  String since(Counts before, int seconds) {
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
