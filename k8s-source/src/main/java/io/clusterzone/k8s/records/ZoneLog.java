package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.zone.Edit;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [ZoneListener] that logs and counts. The counts may be read on any thread.
public final class ZoneLog implements ZoneListener {
  private static final Logger LOG = LoggerFactory.getLogger(ZoneLog.class);

  private final LongConsumer latencies;
  private final LongAdder publications = new LongAdder();
  private final LongAdder skips = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /// `latencies` is told the nanoseconds of each [ZoneListener#visible].
  public ZoneLog(LongConsumer latencies) {
    this.latencies = latencies;
  }

  @Override
  public void visible(long nanos) {
    latencies.accept(nanos);
  }

  @Override
  public void published(List<Edit> edits) {
    publications.increment();
    edits.forEach(edit -> LOG.debug("published {}", edit.zone()));
  }

  @Override
  public void skipped(Kind kind, ObjectKey key, String reason) {
    skips.increment();
    LOG.warn("{} {}: {}", kind.apiName(), key, reason);
  }

  @Override
  public void failed(Kind kind, ObjectKey key, RuntimeException cause) {
    failures.increment();
    LOG.error("{} {}: kept as it was", kind.apiName(), key, cause);
  }

  /// Batches that changed a zone.
  public long publications() {
    return publications.sum();
  }

  /// Records left out because DNS cannot carry them.
  public long skips() {
    return skips.sum();
  }

  /// Objects kept as they were because an invariant broke.
  public long failures() {
    return failures.sum();
  }
}
