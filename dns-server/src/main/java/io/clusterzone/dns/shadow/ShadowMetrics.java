package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Judgement;
import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the directives `shadow` count. An address is counted once, however many directives name it,
/// and for as long as one does. Safe on any thread.
public final class ShadowMetrics implements MetricSource {
  private static final int MOST_SHOWN = 1000;

  private final Map<String, PeerCounts> peers = new ConcurrentSkipListMap<>();
  private volatile List<Shadowing> running = List.of();

  PeerCounts of(InetSocketAddress address) {
    return peers.computeIfAbsent(NetUtil.toSocketAddressString(address), _ -> new PeerCounts());
  }

  /// Shows these from now on, and lets go of the counts of all other addresses.
  public void serve(Collection<Shadowing> now) {
    running = List.copyOf(now);
    Set<String> addresses =
        running.stream()
            .flatMap(shadowing -> shadowing.directive().addresses().stream())
            .map(NetUtil::toSocketAddressString)
            .collect(Collectors.toSet());
    peers.keySet().retainAll(addresses);
  }

  /// All of it as it is now, with the last differences.
  public ShadowReport report() {
    SequencedMap<String, Map<String, Long>> counts = new LinkedHashMap<>();
    Map<Judgement.Kind, Long> judgements = new EnumMap<>(Judgement.Kind.class);
    peers.forEach((to, peer) -> {
      counts.put(to, peer.counts());
      for (Judgement.Kind kind : Judgement.Kind.values()) {
        judgements.merge(kind, peer.differences(kind).sum(), Long::sum);
      }
    });
    Map<String, Long> dropped = new LinkedHashMap<>();
    for (Drop reason : Drop.values()) {
      dropped.put(reason.label(), dropped(reason));
    }
    return new ShadowReport(
        counts,
        dropped,
        judgements,
        running.stream()
            .flatMap(shadowing -> shadowing.differences().stream())
            .sorted(Comparator.comparing(KeptDifference::last).reversed())
            .limit(MOST_SHOWN)
            .toList());
  }

  private long dropped(Drop reason) {
    return running.stream().mapToLong(shadowing -> shadowing.dropped(reason)).sum();
  }

  @Override
  public void writeTo(MetricText text) {
    counter(text, "asked", "Queries repeated to the other server.", peer -> peer.asked);
    counter(
        text,
        "asked_again",
        "Questions sent once more because the replies differed.",
        peer -> peer.askedAgain);
    counter(text, "agreed", "Replies of the other server that say the same.", peer -> peer.agreed);
    text.counter(
        "clusterzone_shadow_differences_total",
        "Replies of the other server that say something else, by the judgement of that.");
    each((labels, peer) -> differences(text, labels, peer));
    counter(
        text,
        "undecided",
        "Replies that differ while too many others are asked again.",
        peer -> peer.undecided);
    counter(
        text, "truncated", "Replies of the other server with TC, not compared.", p -> p.truncated);
    counter(text, "timeouts", "Questions that the other server left open.", peer -> peer.timeouts);
    counter(
        text,
        "failures",
        "Sockets closed because of errors, or of messages that nobody asked for.",
        peer -> peer.failures);
    text.histogram(
        "clusterzone_shadow_duration_seconds", "Time from a question to the other server's reply.");
    each((labels, peer) -> peer.durations.writeTo(text, labels));
    text.histogram(
        "clusterzone_shadow_learned_first_seconds",
        "How much earlier a change was answered by the one that learned it first: at least so much.");
    each((labels, peer) -> {
      peer.learnedHere.writeTo(text, labels + ",who=\"here\"");
      peer.learnedThere.writeTo(text, labels + ",who=\"there\"");
    });
    writeRunning(text);
  }

  private void writeRunning(MetricText text) {
    List<Shadowing> now = running;
    text.counter(
        "clusterzone_shadow_dropped_total",
        "Chosen replies that were not compared because there was no room, or more than is taken.");
    for (Drop reason : Drop.values()) {
      text.sample(MetricText.labels("reason", reason.label()), dropped(reason));
    }
    text.gauge("clusterzone_shadow_in_flight", "Questions that wait for the other server.");
    text.sample("", now.stream().mapToLong(Shadowing::inFlight).sum());
    text.gauge("clusterzone_shadow_disputed", "Questions that are asked again and again now.");
    text.sample("", now.stream().mapToLong(Shadowing::disputed).sum());
  }

  private void counter(
      MetricText text, String word, String help, Function<PeerCounts, LongAdder> count) {
    text.counter("clusterzone_shadow_" + word + "_total", help);
    each((labels, peer) -> text.sample(labels, count.apply(peer).sum()));
  }

  private static void differences(MetricText text, String labels, PeerCounts peer) {
    for (Judgement.Kind kind : Judgement.Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      text.sample(
          labels + "," + MetricText.labels("judgement", name), peer.differences(kind).sum());
    }
  }

  private void each(BiConsumer<String, PeerCounts> write) {
    peers.forEach((to, peer) -> write.accept(MetricText.labels("to", to), peer));
  }
}
