package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.zone.Edit;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [ZoneListener] that logs.
public final class ZoneLog implements ZoneListener {
  private static final Logger LOG = LoggerFactory.getLogger(ZoneLog.class);

  private static final int NAMED_ZONES = 10;

  private final LongConsumer latencies;
  private final boolean tellsNames;

  /// Whether zones have been published that hold all of the cluster. For the writer's thread.
  private boolean whole;

  /// `latencies` gets the nanoseconds of each [ZoneListener#visible].
  public ZoneLog(LongConsumer latencies) {
    this(latencies, false);
  }

  /// The same; `tellsNames`: each change of zones that are whole is logged with the number of its
  /// names, which suits a source that people change by hand.
  public ZoneLog(LongConsumer latencies, boolean tellsNames) {
    this.latencies = latencies;
    this.tellsNames = tellsNames;
  }

  @Override
  public void visible(long nanos) {
    latencies.accept(nanos);
  }

  @Override
  public void published(List<Edit> edits) {
    edits.forEach(edit -> LOG.debug("published {}", edit.zone()));
    if (tellsNames && whole) {
      LOG.info("published: {}", names(edits));
    }
    whole |= edits.stream().allMatch(edit -> edit.zone().synced());
  }

  /// The number of names that changed in each zone; of many zones the first ones.
  static String names(List<Edit> edits) {
    String first =
        edits.stream()
            .limit(NAMED_ZONES)
            .map(edit -> "%s (%s)".formatted(edit.zone().apex(), names(edit)))
            .collect(Collectors.joining(", "));
    int more = edits.size() - NAMED_ZONES;
    return more > 0 ? "%s and %d more zones".formatted(first, more) : first;
  }

  private static String names(Edit edit) {
    int names = edit.changes().changes().size();
    return "%d name%s changed".formatted(names, names == 1 ? "" : "s");
  }

  @Override
  public void skipped(Kind kind, ObjectKey key, String reason) {
    LOG.warn("{} {}: {}", kind.apiName(), key, reason);
  }

  @Override
  public void failed(Kind kind, ObjectKey key, RuntimeException cause) {
    LOG.error("{} {}: kept as it was", kind.apiName(), key, cause);
  }
}
