package io.clusterzone.dns.server;

import io.clusterzone.dns.forward.Upstream;
import io.clusterzone.dns.forward.UpstreamGroup;
import io.clusterzone.dns.ops.ReloadCounters;
import io.clusterzone.dns.ops.http.HttpQuery;
import io.clusterzone.dns.ops.http.HttpReply;
import io.clusterzone.dns.report.JsonText;
import io.clusterzone.k8s.thread.LastLook;
import io.netty.util.NetUtil;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The page `/status` of the directive `admin`: the state of the server and of each source, without
/// any credential or the path of one. Read by `doctor`; any thread may show it.
final class StatusPage {
  /// Listeners and upstreams that are shown.
  private static final int MOST = 1000;

  private final AdminView view;

  StatusPage(AdminView view) {
    this.view = view;
  }

  HttpReply show(HttpQuery query) {
    query.requireOnly(Set.of("output"));
    String output = query.word("output", List.of("json", "text"), "json");
    Map<String, Object> status = status();
    return output.equals("json") ? HttpReply.json(200, status) : HttpReply.plain(200, text(status));
  }

  /// The lines of the JSON without its marks, which a person reads as an outline.
  private static String text(Map<String, Object> status) {
    return JsonText.of(status)
        .lines()
        .map(line -> line.replaceAll("[\\[\\]{},\"]+", "").stripTrailing())
        .filter(line -> !line.isBlank())
        .map(line -> line.startsWith("  ") ? line.substring(2) : line)
        .reduce("", (all, line) -> all + line + "\n");
  }

  private Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("version", Version.number());
    status.put("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
    List<String> missing = missing();
    status.put("ready", missing.isEmpty());
    status.put("waiting_for", missing);
    status.put("remarks", remarks());
    status.put("corefile", corefile());
    status.put("clusters", clusters().stream().map(ClusterStatus::of).toList());
    status.put(
        "listeners",
        view.server().addresses().stream()
            .limit(MOST)
            .map(NetUtil::toSocketAddressString)
            .toList());
    status.put("upstreams", upstreams());
    status.put("waiting_queries", view.metrics().room.taken());
    status.put("memory", memory());
    return status;
  }

  private List<Cluster> clusters() {
    return view.wiring().clusters().all();
  }

  /// The parts that are not ready, as `/ready` names them.
  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!clusters().stream().allMatch(Cluster::known)) {
      missing.add("kubernetes");
    }
    if (!view.server().listens()) {
      missing.add("listeners");
    }
    return missing;
  }

  /// The lines that `/ready` shows beside.
  private List<String> remarks() {
    List<String> lines = new ArrayList<>();
    List<Cluster> all = clusters();
    for (Cluster cluster : all) {
      ClusterRemarks.of(cluster, all.size() > 1).get().stream()
          .map(ClusterStatus::withoutPaths)
          .forEach(lines::add);
    }
    view.metrics().looks(view.wiring()).stream()
        .filter(LastLook::isLate)
        .map(LastLook::remark)
        .forEach(lines::add);
    return lines;
  }

  private Map<String, Object> corefile() {
    ReloadCounters reloads = view.metrics().reloads;
    Map<String, Object> corefile = new LinkedHashMap<>();
    corefile.put("sha512", reloads.hash());
    corefile.put("last_taken", !reloads.lastFailed());
    corefile.put("failed_reloads", reloads.failures());
    return corefile;
  }

  private List<Map<String, Object>> upstreams() {
    return view.wiring().forwardings().all().stream()
        .flatMap(forwarding -> forwarding.groups().stream())
        .flatMap(group -> group.upstreams().stream().map(upstream -> upstream(group, upstream)))
        .distinct()
        .limit(MOST)
        .toList();
  }

  private static Map<String, Object> upstream(UpstreamGroup group, Upstream upstream) {
    boolean down = upstream.isDown(group.route().health().maxFails());
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("address", upstream.toString());
    shown.put("state", upstream.loops() ? "loops" : down ? "down" : "up");
    return shown;
  }

  private static Map<String, Object> memory() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    Map<String, Object> memory = new LinkedHashMap<>();
    memory.put("heap_used_bytes", heap.getUsed());
    memory.put("heap_max_bytes", heap.getMax());
    return memory;
  }
}
