package io.clusterzone.dns.ops;

import io.clusterzone.k8s.thread.LastLook;
import io.clusterzone.k8s.thread.SteadyThread;
import java.util.List;
import java.util.function.Supplier;

/// The state of the threads that keep the served data up to date.
///
/// @param looks at the sources that are read again when they change
public record UpkeepMetrics(Supplier<List<LastLook>> looks) implements MetricSource {
  @Override
  public void writeTo(MetricText text) {
    text.gauge(
        "clusterzone_source_look_age_seconds",
        "Time since a file or directory was last looked at that is read again when it changes.");
    for (LastLook look : looks.get()) {
      text.sample(MetricText.labels("source", look.source()), look.age().toMillis() / 1e3);
    }
    text.counter(
        "clusterzone_thread_failures_total",
        "Failures that a thread or a task of the server has survived.");
    SteadyThread.failures()
        .forEach((thread, count) -> text.sample(MetricText.labels("thread", thread), count));
  }
}
