package io.clusterzone.dns.ops.log;

import io.clusterzone.dns.ops.log.ErrorRules.Consolidation;
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

  /// Counts the error if its kind is counted, and writes it if it is the first to be shown.
  boolean takes(LogLine.Failure error, long nowNanos, StringBuilder out) {
    for (Consolidation rule : error.rules().consolidations()) {
      if (rule.matcher().test(error.message())) {
        Count count =
            open.computeIfAbsent(rule, _ -> new Count(nowNanos + rule.kind().period().toNanos()));
        count.errors++;
        if (count.errors == 1 && rule.shown() && rule.kind().showFirst()) {
          LogText.error(out, rule.kind().level().name(), error);
        }
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
        writeCount(out, entry.getKey(), entry.getValue().errors);
        entries.remove();
      }
    }
  }

  private static void writeCount(StringBuilder out, Consolidation rule, long errors) {
    if (!rule.shown() || (rule.kind().showFirst() && errors == 1)) {
      return;
    }
    out.append('[').append(rule.kind().level()).append("] plugin/errors: ");
    out.append(errors).append(" errors like '");
    LogText.append(out, rule.kind().pattern());
    out.append("' occurred in last ").append(LogText.duration(rule.kind().period())).append('\n');
  }
}
