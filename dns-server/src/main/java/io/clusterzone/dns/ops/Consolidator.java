package io.clusterzone.dns.ops;

import io.clusterzone.dns.ops.ErrorRules.Consolidation;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;

/// Counts the errors that are not to be logged one by one. Confined to the log's thread.
final class Consolidator {
  /// The errors of one kind since the first of them.
  private static final class Count {
    private final long dueNanos;
    private long errors;

    private Count(long dueNanos) {
      this.dueNanos = dueNanos;
    }
  }

  private final IdentityHashMap<Consolidation, Count> open = new IdentityHashMap<>();

  /// Counts the error if it is of a kind that is counted.
  boolean takes(LogLine.Failure error, long nowNanos) {
    for (Consolidation kind : error.rules().consolidations()) {
      if (kind.matcher().test(error.message())) {
        Count count =
            open.computeIfAbsent(kind, _ -> new Count(nowNanos + kind.period().toNanos()));
        count.errors++;
        return true;
      }
    }
    return false;
  }

  /// Writes the counts whose time is over.
  void writeDue(StringBuilder out, long nowNanos) {
    write(out, nowNanos, false);
  }

  /// Writes every count, due or not: the log ends.
  void writeAll(StringBuilder out) {
    write(out, 0, true);
  }

  private void write(StringBuilder out, long nowNanos, boolean all) {
    Iterator<Map.Entry<Consolidation, Count>> entries = open.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Consolidation, Count> entry = entries.next();
      if (all || nowNanos - entry.getValue().dueNanos >= 0) {
        Consolidation kind = entry.getKey();
        out.append('[').append(kind.level()).append("] plugin/errors: ");
        out.append(entry.getValue().errors).append(" errors like '");
        LogText.append(out, kind.pattern());
        out.append("' occurred in last ").append(LogText.duration(kind.period())).append('\n');
        entries.remove();
      }
    }
  }
}
