package io.clusterzone.dns.transport.flood;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clients limited at present at all event loops, for people: a number, and lines of the log.
/// Safe on any thread.
///
/// A flood is one from the first limit to the end at the last loop. It has a line when it has
/// lasted for a second, one each minute, and one at its end.
public final class LimitedClients {
  static final long FIRST_LINE_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final long NEXT_LINE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// The most clients that a line names.
  private static final int NAMED = 3;

  private static final Logger LOG = LoggerFactory.getLogger(LimitedClients.class);

  private final Map<FloodGate, List<LimitedClient>> byGate = new HashMap<>();
  private boolean flooded;
  private boolean told;
  private long begunNanos;
  private long dueNanos;

  /// These are limited at a loop, and no others; it goes on to look.
  void limited(FloodGate gate, List<LimitedClient> clients, long nowNanos) {
    Collection<LimitedClient> due = update(gate, clients, nowNanos);
    if (!due.isEmpty()) {
      LOG.warn(
          "more is sent over UDP than can be answered, and who sends most is limited: {}; see what"
              + " they ask, or give the server more CPU or replicas",
          text(due));
    }
  }

  private synchronized Collection<LimitedClient> update(
      FloodGate gate, List<LimitedClient> clients, long nowNanos) {
    byGate.put(gate, clients);
    if (clients.isEmpty()) {
      return List.of();
    }
    if (!flooded) {
      flooded = true;
      begunNanos = nowNanos;
      dueNanos = nowNanos + FIRST_LINE_NANOS;
    }
    if (nowNanos - dueNanos < 0) {
      return List.of();
    }
    told = true;
    dueNanos = nowNanos + NEXT_LINE_NANOS;
    return all();
  }

  /// A loop has been sent no more than it could take for some time, and looks no more.
  void ended(FloodGate gate, long nowNanos) {
    long seconds = end(gate, nowNanos);
    if (seconds >= 0) {
      LOG.info("nobody is limited over UDP any more, after {} s", seconds);
    }
  }

  /// The length of the flood that this ends, in seconds, or -1 if there is nothing to report.
  private synchronized long end(FloodGate gate, long nowNanos) {
    byGate.remove(gate);
    boolean over = told && byGate.isEmpty();
    if (byGate.isEmpty()) {
      flooded = false;
      told = false;
    }
    return over ? TimeUnit.NANOSECONDS.toSeconds(nowNanos - begunNanos) : -1;
  }

  /// The number of clients limited now; those that cannot be distinguished are one.
  public synchronized int count() {
    return all().size();
  }

  private Collection<LimitedClient> all() {
    return byGate.values().stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(LimitedClient::name, each -> each, LimitedClient::plus))
        .values();
  }

  private static String text(Collection<LimitedClient> clients) {
    String named =
        clients.stream()
            .sorted(Comparator.comparingDouble(LimitedClient::sent).reversed())
            .limit(NAMED)
            .map(LimitedClient::toString)
            .collect(Collectors.joining("; "));
    int more = clients.size() - NAMED;
    return more > 0 ? named + "; and " + more + " more" : named;
  }
}
