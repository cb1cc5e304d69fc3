package io.clusterzone.k8s.thread;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Failures that work of one name has survived, on whatever threads. Safe on any thread.
final class SurvivedFailures {
  private static final Logger LOG = LoggerFactory.getLogger(SurvivedFailures.class);

  /// By the names of the work, without numbers at their ends.
  private static final ConcurrentMap<String, SurvivedFailures> BY_NAME = new ConcurrentHashMap<>();

  private final LongAdder count = new LongAdder();

  private SurvivedFailures() {}

  static SurvivedFailures of(String name) {
    return BY_NAME.computeIfAbsent(name.replaceFirst("-[0-9]+$", ""), _ -> new SurvivedFailures());
  }

  /// Counts and reports one more; never fails itself.
  ///
  /// @param name the thread or task reported, with its number
  void add(String name, Throwable cause, long pauseMillis) {
    try {
      count.increment();
      LOG.error("{} failed, and goes on in {} ms", name, pauseMillis, cause);
    } catch (Throwable _) {
      // A failure to report is survived as well.
    }
  }

  /// The counts so far, in the order of the names.
  static Map<String, Long> all() {
    Map<String, Long> counts = new TreeMap<>();
    BY_NAME.forEach((name, failures) -> counts.put(name, failures.count.sum()));
    return counts;
  }
}
