package io.clusterzone.dns.ops.top;

import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import io.clusterzone.dns.ops.QueryTotals;
import io.clusterzone.k8s.thread.SteadyThread;
import io.clusterzone.zones.name.Name;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// What is asked most: the queries of all event loops, ranked over about a minute and about ten.
/// The thread "top" looks at the rings five times a second, once a second while nothing comes. Safe
/// on any thread.
public final class QueryTop implements AutoCloseable, MetricSource {
  /// The spans that can be asked for.
  public enum Span {
    MINUTE("1m", Duration.ofMinutes(1)),
    TEN_MINUTES("10m", Duration.ofMinutes(10));

    private final String word;
    private final Duration length;

    Span(String word, Duration length) {
      this.word = word;
      this.length = length;
    }

    /// As it is asked for.
    public String word() {
      return word;
    }

    /// The span of a word.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Span of(String word) {
      for (Span span : values()) {
        if (span.word.equals(word)) {
          return span;
        }
      }
      throw new IllegalArgumentException(word);
    }
  }

  private static final Duration BUSY = Duration.ofMillis(200);
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final List<QueryRing> rings;
  private final LongSupplier clock;
  private final SteadyThread thread;
  private volatile List<byte[]> zones = List.of();

  /// Guarded by this, as all in it.
  private final List<Window> windows;

  private final Rates rates;
  private final NameParts name = new NameParts();

  /// Whether the thread runs. Guarded by this.
  private boolean started;

  /// @param loops the number of event loops
  /// @param totals all queries that they have answered
  public QueryTop(int loops, Supplier<QueryTotals> totals) {
    this(loops, totals, System::nanoTime);
  }

  /// @param clock in nanoseconds
  QueryTop(int loops, Supplier<QueryTotals> totals, LongSupplier clock) {
    this.rates = new Rates(totals, clock);
    this.rings = IntStream.range(0, loops).mapToObj(_ -> new QueryRing()).toList();
    this.clock = clock;
    long now = clock.getAsLong();
    this.windows =
        List.of(Span.values()).stream()
            .map(span -> new Window(span.length.toNanos(), now))
            .toList();
    this.thread = SteadyThread.loop("top", this::step);
  }

  /// Where an event loop puts its queries.
  public QueryRing ring(int loop) {
    return rings.get(loop);
  }

  /// Counts from now on, or no longer.
  ///
  /// @param clusterZones below which names have a namespace
  public synchronized void serve(boolean counting, List<Name> clusterZones) {
    zones = clusterZones.stream().map(Name::toFoldedWire).toList();
    rings.forEach(ring -> ring.open(counting));
    if (counting && !started) {
      started = true;
      thread.start();
    }
  }

  private void step() throws InterruptedException {
    rates.look();
    Thread.sleep(drain() > 0 ? BUSY : IDLE);
  }

  /// Empties the rings.
  ///
  /// @return the number of queries
  synchronized int drain() {
    long now = clock.getAsLong();
    windows.forEach(window -> window.turn(now));
    int count = 0;
    for (QueryRing ring : rings) {
      count += ring.drain(this::add);
    }
    return count;
  }

  private void add(QueryRing ring, int slot) {
    name.read(ring.memory(), ring.name(slot), ring.nameLength(slot), zones);
    for (Window window : windows) {
      window.add(ring, slot, name);
    }
  }

  /// The ranks of a span up to now.
  ///
  /// @param rcode the code that counts; -1 for all
  public synchronized Ranking rank(Span span, Dimension dimension, int rcode, int most) {
    drain();
    return window(span).rank(dimension, rcode, most);
  }

  /// The slowest queries of a span up to now.
  ///
  /// @param rcode the code that counts; -1 for all
  public synchronized List<SlowQuery> slowest(Span span, int rcode, int most) {
    drain();
    return window(span).slowest(rcode, most);
  }

  /// What the ranks of a span are made from up to now.
  public synchronized Coverage coverage(Span span) {
    drain();
    return window(span).coverage(clock.getAsLong());
  }

  /// The queries of the last seconds, by code and type.
  public Rates rates() {
    return rates;
  }

  private Window window(Span span) {
    return windows.get(span == Span.MINUTE ? 0 : 1);
  }

  /// Queries that were looked at so far.
  public long sampled() {
    return rings.stream().mapToLong(QueryRing::taken).sum();
  }

  /// Queries that were to be looked at, and found no room.
  public long dropped() {
    return rings.stream().mapToLong(QueryRing::dropped).sum();
  }

  @Override
  public void writeTo(MetricText text) {
    text.counter("clusterzone_top_sampled_total", "Queries looked at for the ranks of top.");
    text.sample("", sampled());
    text.counter("clusterzone_top_dropped_total", "Queries that found no room on their way there.");
    text.sample("", dropped());
  }

  @Override
  public void close() {
    thread.close();
  }
}
