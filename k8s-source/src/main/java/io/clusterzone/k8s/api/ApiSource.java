package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.ApiConnection;
import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.api.connect.LeanTransport;
import io.clusterzone.k8s.api.connect.LimitedTransport;
import io.clusterzone.k8s.api.connect.Timing;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.api.snapshot.SnapshotFile;
import io.clusterzone.k8s.api.snapshot.SnapshotStatus;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.thread.SteadyThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API server as a source of events. Made and started once, by the wiring of the server; the
/// events come from threads of its own, one for each watch, and never stop for a server that is
/// away.
public final class ApiSource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiSource.class);
  private static final int HANDED_OVER_AT_ONCE = 500;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final ApiOptions options;
  private final ClusterSink sink;
  private final Transport transport;
  private final Timing timing;
  private final Supplier<String> host;
  private final SnapshotStatus kept = new SnapshotStatus();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile long startedNanos;
  private final Map<Kind, KindFeed> feeds = new EnumMap<>(Kind.class);
  private final List<Runnable> tasks = new ArrayList<>();

  /// Guarded by this, as is `closed`: the thread that closes may be another than the one that
  /// starts.
  private final List<SteadyThread> threads = new ArrayList<>();

  private boolean closed;

  /// Nothing is sent before [#start].
  ///
  /// @throws IllegalArgumentException if the access cannot be used, with what is wrong
  public ApiSource(ApiOptions options, ClusterSink sink, ApiObserver observer) {
    this(
        options,
        sink,
        observer,
        ApiConnection.open(options.access()),
        Timing.SYSTEM,
        RandomGenerator.getDefault(),
        Patience.DEFAULT);
  }

  ApiSource(
      ApiOptions options,
      ClusterSink sink,
      ApiObserver observer,
      ApiConnection.Opened connection,
      Timing timing,
      RandomGenerator random,
      Patience patience) {
    this.options = options;
    this.sink = sink;
    this.timing = timing;
    this.host = connection.host();
    this.transport =
        new ImportVersions(
            new LeanTransport(
                new LimitedTransport(
                    connection.transport(),
                    connection.host(),
                    options.limits(),
                    timing,
                    observer)));
    WatchPlan.of(options)
        .forEach((kind, resources) -> {
          var guard = new EmptyingGuard(timing, patience.hold().toNanos());
          var feed = new KindFeed(kind, sink, new KindStatus(kind), guard, timing, observer);
          feed.whenSynced(this::tellOnceAllAreSynced);
          feeds.put(kind, feed);
          resources.forEach(resource ->
              tasks.add(new Reflector(resource, transport, feed, timing, random, patience)));
        });
    Path snapshot = options.snapshot();
    if (snapshot != null) {
      tasks.add(
          new SnapshotKeeper(snapshot, this::scope, List.copyOf(feeds.values()), timing, kept));
    }
  }

  /// Hands over the objects of the snapshot, if there is one, and begins to learn. May be called
  /// again after an error.
  ///
  /// @throws InterruptedException if the thread is interrupted while the sink takes the snapshot,
  ///   or this is closed meanwhile
  public void start() throws InterruptedException {
    startedNanos = timing.nanoTime();
    LOG.info("{}: {}", host.get(), WatchPlan.announce(options));
    Path snapshot = options.snapshot();
    if (snapshot != null) {
      warmStart(snapshot);
    }
    startThreads();
  }

  private synchronized void startThreads() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("closed");
    }
    while (threads.size() < tasks.size()) {
      Runnable task = tasks.get(threads.size());
      var thread = SteadyThread.virtualOnce("api-" + threads.size(), task::run);
      thread.start();
      threads.add(thread);
    }
  }

  private synchronized List<SteadyThread> closeThreads() {
    closed = true;
    threads.forEach(SteadyThread::close);
    return List.copyOf(threads);
  }

  private void warmStart(Path file) throws InterruptedException {
    removeUnfinished(file);
    try (var snapshot = SnapshotFile.open(file, scope())) {
      kept.isKept(snapshot.time(), Files.size(file));
      handOver(file, snapshot);
    } catch (NoSuchFileException e) {
      LOG.info("{}: no snapshot yet", file);
    } catch (IOException e) {
      LOG.warn("{}: snapshot ignored: {}", file, RegularFile.reason(e));
    }
  }

  private static void removeUnfinished(Path file) {
    try {
      SnapshotFile.removeUnfinished(file);
    } catch (IOException e) {
      LOG.warn("{}: nothing can be written there: {}", file, e.toString());
    }
  }

  /// In parts: a whole cluster as one batch takes twice its memory, and names are made of one part
  /// while the next is read. One kind follows another; the last is reported at the end, and only
  /// then all is known.
  private void handOver(Path file, SnapshotFile.Opened snapshot) throws InterruptedException {
    Map<Kind, KindFeed> left = new EnumMap<>(feeds);
    try {
      List<ClusterObject> part = snapshot.next(HANDED_OVER_AT_ONCE);
      Kind kind = part.isEmpty() ? Kind.NAMESPACE : part.getFirst().kind();
      for (; !part.isEmpty(); part = snapshot.next(HANDED_OVER_AT_ONCE)) {
        List<ClusterEvent> events = new ArrayList<>(part.size());
        for (ClusterObject object : part) {
          KindFeed before = object.kind() == kind ? null : left.remove(kind);
          if (before != null) {
            events.add(before.restored(snapshot.time()));
          }
          kind = object.kind();
          adopt(object, events);
        }
        sink.accept(events);
      }
    } catch (IOException e) {
      LOG.warn(
          "{}: {} of {} objects can be read, and are served until the API server tells of them: {}",
          file,
          snapshot.read(),
          snapshot.size(),
          e.getMessage());
      return;
    }
    sink.accept(left.values().stream().map(feed -> feed.restored(snapshot.time())).toList());
    LOG.info("{}: {} objects as of {}", file, snapshot.size(), snapshot.time());
  }

  private void adopt(ClusterObject object, List<ClusterEvent> events) {
    KindFeed feed = feeds.get(object.kind());
    if (feed != null) {
      feed.adopt(object, events);
    }
  }

  private void tellOnceAllAreSynced() {
    List<KindStatus> all = status();
    if (all.stream().allMatch(KindStatus::synced) && told.compareAndSet(false, true)) {
      LOG.info(
          "{}: synced in {} ms: {}; {} octets received",
          host.get(),
          (timing.nanoTime() - startedNanos) / 1_000_000,
          all.stream()
              .map(kind ->
                  "%d %s (%d octets)".formatted(kind.objects(), kind.plural(), kind.heldOctets()))
              .collect(Collectors.joining(", ")),
          all.stream().mapToLong(KindStatus::receivedOctets).sum());
    }
  }

  private String scope() {
    return scope(host.get(), options);
  }

  /// The server and selection that a snapshot must be of: another server has another cluster.
  static String scope(String host, ApiOptions options) {
    return host
        + ": "
        + WatchPlan.describe(options)
        + (options.podNames() ? ", with the names of Pods" : "");
  }

  /// The state of each watched kind.
  public List<KindStatus> status() {
    return feeds.values().stream().map(KindFeed::status).toList();
  }

  /// The state of the snapshot; null where none is kept.
  public @Nullable SnapshotStatus snapshot() {
    return options.snapshot() == null ? null : kept;
  }

  /// Stops watching; what was handed over stays as it is.
  @Override
  public void close() {
    List<SteadyThread> ending = closeThreads();
    long deadlineNanos = System.nanoTime() + STOP_TIMEOUT.toNanos();
    for (SteadyThread thread : ending) {
      var _ = thread.awaitEnd(Duration.ofNanos(deadlineNanos - System.nanoTime()));
    }
    transport.close();
  }
}
