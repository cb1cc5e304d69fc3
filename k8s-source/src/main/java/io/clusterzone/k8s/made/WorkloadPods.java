package io.clusterzone.k8s.made;

import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes the Pods of a workload, as its controller does. Pure.
///
/// Where a controller draws letters, they follow from the workload's name and the Pod's number: a
/// Pod has the same name on every machine, however many there are.
public final class WorkloadPods {
  /// Pods of one workload at the most; an answer with the addresses of more is of no use.
  public static final int MAX_REPLICAS = 10_000;

  private static final int MAX_HOSTNAME = 63;

  /// The letters of generated names: none that could make a word.
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX = 5;
  private static final int TEMPLATE_HASH = 10;

  /// A number without a divisor in common with that of all suffixes, 27^5: steps of it meet none
  /// twice.
  private static final long STEP = 7_368_787;

  private WorkloadPods() {}

  /// The first `replicas` Pods, but for those that the API server would not take: "unable to create
  /// pods, no labels", and a host name that is too long.
  public static List<MadePod> of(Workload workload, int replicas) {
    if (workload.template().labels().isEmpty()) {
      return List.of();
    }
    int count = Math.min(replicas, MAX_REPLICAS);
    return switch (workload.kind()) {
      case STATEFUL_SET -> numbered(workload, count);
      case DEPLOYMENT -> ofDeployment(workload, count);
      case REPLICA_SET, REPLICATION_CONTROLLER, DAEMON_SET ->
          lettered(workload, workload.key().name(), workload.template().labels(), count);
    };
  }

  /// "web-0, web-1", each with a host name and labels of its own.
  private static List<MadePod> numbered(Workload set, int count) {
    List<MadePod> pods = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String ordinal = Integer.toString(set.firstOrdinal() + i);
      String name = set.key().name() + "-" + ordinal;
      if (name.length() <= MAX_HOSTNAME) {
        Map<String, String> labels = new HashMap<>(set.template().labels());
        labels.put("statefulset.kubernetes.io/pod-name", name);
        labels.put("apps.kubernetes.io/pod-index", ordinal);
        pods.add(
            new MadePod(
                new ObjectKey(set.key().namespace(), name),
                Map.copyOf(labels),
                name,
                set.serviceName()));
      }
    }
    return pods;
  }

  /// The Pods of the ReplicaSet that a Deployment has made for it.
  private static List<MadePod> ofDeployment(Workload deployment, int count) {
    String hash = letters(Probe.of("template " + deployment.key()).start(), TEMPLATE_HASH);
    Map<String, String> labels = new HashMap<>(deployment.template().labels());
    labels.put("pod-template-hash", hash);
    String prefix = deployment.key().name() + "-" + hash;
    return lettered(deployment, prefix, Map.copyOf(labels), count);
  }

  private static List<MadePod> lettered(
      Workload workload, String prefix, Map<String, String> labels, int count) {
    String shown = prefix + "-";
    String base = shown.substring(0, Math.min(shown.length(), MAX_HOSTNAME - SUFFIX));
    long start = Probe.of(workload.kind() + " " + workload.key()).start() >>> 1;
    List<MadePod> pods = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      pods.add(
          new MadePod(
              new ObjectKey(workload.key().namespace(), base + letters(start + i * STEP, SUFFIX)),
              labels,
              workload.template().hostname(),
              workload.template().subdomain()));
    }
    return pods;
  }

  private static String letters(long number, int count) {
    var text = new StringBuilder(count);
    long rest = number;
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt((int) Long.remainderUnsigned(rest, LETTERS.length())));
      rest = Long.divideUnsigned(rest, LETTERS.length());
    }
    return text.toString();
  }
}
