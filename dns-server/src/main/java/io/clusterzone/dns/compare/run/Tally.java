package io.clusterzone.dns.compare.run;

import io.clusterzone.dns.compare.Deviation;
import io.clusterzone.dns.compare.Difference;
import io.clusterzone.dns.compare.Field;
import io.clusterzone.dns.compare.Finding;
import io.clusterzone.dns.compare.Judgement;
import io.clusterzone.dns.compare.Judgement.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The outcome of a comparison: each difference is counted once. For one thread.
public final class Tally {
  /// Differences that are kept with their answers; the rest is counted alone.
  public static final int MOST_KEPT = 100_000;

  /// Of those in TTL and order, which are of less interest, so many are kept.
  private static final int MOST_SLIGHT = 10_000;

  private static final int MOST_GROUPS = 10_000;
  private static final int EXAMPLES = 5;

  /// Differences that look alike.
  public static final class Group {
    private final Difference difference;
    private final Judgement judgement;
    private final List<String> examples = new ArrayList<>();
    private long count;
    private long known;

    Group(Difference difference, Judgement judgement) {
      this.difference = difference;
      this.judgement = judgement;
    }

    public Difference difference() {
      return difference;
    }

    public Judgement judgement() {
      return judgement;
    }

    public long count() {
      return count;
    }

    /// Those of them that the baseline has.
    public long known() {
      return known;
    }

    /// A few of the questions.
    public List<String> examples() {
      return List.copyOf(examples);
    }
  }

  private record Key(Difference difference, Judgement judgement) {}

  private final Set<String> baseline;
  private final List<Latencies> latencies = new ArrayList<>();
  private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
  private final Map<Kind, Long> fresh = new EnumMap<>(Kind.class);
  private final Map<Field, Long> fields = new EnumMap<>(Field.class);
  private final Map<Deviation, Long> deviations = new EnumMap<>(Deviation.class);
  private final Map<Key, Group> groups = new HashMap<>();
  private final List<Kept> kept = new ArrayList<>();
  private long asked;
  private long agreed;
  private long silent;
  private long leftOut;
  private int slight;
  private long notKept;

  /// @param servers ours and the others
  /// @param baseline the keys of differences that are known
  Tally(int servers, Set<String> baseline) {
    this.baseline = Set.copyOf(baseline);
    for (int i = 0; i < servers; i++) {
      latencies.add(new Latencies());
    }
  }

  void asked() {
    asked++;
  }

  void agreed() {
    agreed++;
  }

  void silent() {
    silent++;
  }

  void leftOut() {
    leftOut++;
  }

  void replied(List<Long> nanos) {
    for (int i = 0; i < nanos.size(); i++) {
      if (nanos.get(i) >= 0) {
        latencies.get(i).add(nanos.get(i));
      }
    }
  }

  void found(Finding finding) {
    Judgement judgement = finding.judgement();
    Difference difference = finding.pair().difference();
    kinds.merge(judgement.kind(), 1L, Long::sum);
    fields.merge(difference.field(), 1L, Long::sum);
    Deviation deviation = judgement.deviation();
    if (deviation != null) {
      deviations.merge(deviation, 1L, Long::sum);
    }
    boolean known =
        !baseline.isEmpty()
            && baseline.contains(
                Kept.key(
                    Kept.question(finding.question()),
                    judgement.toString(),
                    difference.field().toString(),
                    difference.here(),
                    difference.there()));
    if (!known) {
      fresh.merge(judgement.kind(), 1L, Long::sum);
    }
    group(finding, known);
    keep(finding, known);
  }

  private void group(Finding finding, boolean known) {
    var key = new Key(finding.pair().difference(), finding.judgement());
    Group group = groups.get(key);
    if (group == null) {
      if (groups.size() == MOST_GROUPS) {
        return;
      }
      group = new Group(key.difference(), key.judgement());
      groups.put(key, group);
    }
    group.count++;
    group.known += known ? 1 : 0;
    if (group.examples.size() < EXAMPLES) {
      group.examples.add(Kept.question(finding.question()));
    }
  }

  private void keep(Finding finding, boolean known) {
    Kind kind = finding.judgement().kind();
    boolean isSlight = kind == Kind.TTL_ONLY || kind == Kind.ORDER;
    if (kept.size() - slight == MOST_KEPT || (isSlight && slight == MOST_SLIGHT)) {
      notKept++;
      return;
    }
    slight += isSlight ? 1 : 0;
    kept.add(Kept.of(finding, known));
  }

  /// Questions that were asked, each once, however often it was asked again.
  public long questions() {
    return asked;
  }

  public long agreements() {
    return agreed;
  }

  /// Questions that no server replied to.
  public long silences() {
    return silent;
  }

  /// Questions of the source that were not asked, since our side has no such zone.
  public long notOurs() {
    return leftOut;
  }

  /// Differences of all kinds.
  public long differences() {
    return kinds.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Differences that were judged so.
  public long count(Kind kind) {
    return kinds.getOrDefault(kind, 0L);
  }

  /// Those that the baseline does not have.
  public long fresh(Kind kind) {
    return fresh.getOrDefault(kind, 0L);
  }

  public long count(Field field) {
    return fields.getOrDefault(field, 0L);
  }

  /// The known deviations that were seen.
  public Map<Deviation, Long> deviations() {
    return new EnumMap<>(deviations);
  }

  /// The groups, by judgement and then the largest first.
  public List<Group> groups() {
    return groups.values().stream()
        .sorted(
            Comparator.comparing((Group group) -> group.judgement().kind())
                .thenComparing(Comparator.comparingLong(Group::count).reversed())
                .thenComparing(group -> group.difference().toString()))
        .toList();
  }

  /// What is kept, by judgement and then in the order in which it was found.
  public List<Kept> kept() {
    return kept.stream().sorted(Comparator.comparing(one -> one.judgement().kind())).toList();
  }

  /// Differences that were counted and not kept.
  public long notKept() {
    return notKept;
  }

  /// The times of a server, ours being the first.
  public Latencies latencies(int server) {
    return latencies.get(server);
  }
}
