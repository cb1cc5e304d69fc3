package io.clusterzone.k8s.source;

import io.clusterzone.k8s.made.MadeCounts;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.cluster.ManifestModel;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.thread.LastLook;
import io.clusterzone.k8s.thread.SteadyThread;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Learns the cluster from files and directories of manifests, and goes on watching them.
///
/// [#load()] reads everything once, on the caller's thread; [#start()] then watches on the thread
/// `manifest-watch`. Changes reach the sink as one batch, as soon as the files have looked the same
/// for a moment. Directories are watched by events and, for file systems that give none, looked
/// through now and then.
public final class ManifestSource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ManifestSource.class);

  /// The time between looks at all files, without reading them.
  private static final Duration POLL = Duration.ofSeconds(10);

  /// The time between looks at files that may still be written.
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private static final int HANDED_OVER_AT_ONCE = 500;

  /// Namespaces first, as nothing in one that is not there has names, and Services after their
  /// slices: names are made once.
  private static final Comparator<ClusterEvent> ORDER =
      Comparator.comparingInt(ManifestSource::rank);

  private final List<Path> paths;
  private final ClusterSink sink;
  private final ProblemListener listener;
  private final DirectoryWatch watch = new DirectoryWatch();
  private final ManifestFiles files;
  private final ManifestModel model;
  private final SteadyThread thread;
  private final LastLook looked;
  private long polledNanos = System.nanoTime();
  private List<Problem> problems = List.of();
  private volatile MadeCounts made = MadeCounts.NONE;

  /// A source of `paths`: files, and directories with all below them.
  public ManifestSource(
      List<Path> paths, ManifestOptions options, ClusterSink sink, ProblemListener listener) {
    this.paths = List.copyOf(paths);
    this.sink = sink;
    this.listener = listener;
    files = new ManifestFiles(paths, options, watch);
    model = new ManifestModel(options);
    thread = SteadyThread.loop("manifest-watch", this::step);
    looked = new LastLook("manifests " + names(), POLL, System::nanoTime);
  }

  /// Reads everything and hands it to the sink, and last that every kind is synced. In parts, as a
  /// whole cluster as one batch takes twice its memory. Returns all problems. Call it once, before
  /// [#start()].
  ///
  /// @throws InterruptedException if the calling thread is interrupted while the sink blocks
  public List<Problem> load() throws InterruptedException {
    // A root that is swapped as a whole, by a link or a rename, is an event of its parent.
    for (Path path : paths) {
      if (!path.equals(StandardInput.PATH)) {
        watch.directory(path.resolveSibling(""));
      }
    }
    handOver(model.apply(files.readAll()));
    var _ = files.taken(0);
    LOG.info("manifests: {}", files.summary());
    tellMade();
    report();
    return problems;
  }

  private String names() {
    return paths.stream().map(Path::toString).collect(Collectors.joining(" "));
  }

  private static int rank(ClusterEvent event) {
    return event instanceof ClusterEvent.Put(ClusterObject object)
        ? switch (object.kind()) {
          case NAMESPACE -> 0;
          case ENDPOINT_SLICE, POD -> 1;
          case SERVICE, SERVICE_IMPORT -> 2;
        }
        : 0;
  }

  private void handOver(List<ClusterEvent> all) throws InterruptedException {
    List<ClusterEvent> events = new ArrayList<>(all);
    events.sort(ORDER);
    for (Kind kind : Kind.values()) {
      events.add(new ClusterEvent.Synced(kind));
    }
    for (int at = 0; at < events.size(); at += HANDED_OVER_AT_ONCE) {
      int end = Math.min(events.size(), at + HANDED_OVER_AT_ONCE);
      sink.accept(List.copyOf(events.subList(at, end)));
    }
  }

  public void start() {
    thread.start();
  }

  /// The last look at all files.
  public LastLook looked() {
    return looked;
  }

  /// Waits for something to do, and does it.
  private void step() throws InterruptedException {
    Set<Path> touched = watch.await(files.hasPending() ? LOOK_AGAIN : POLL);
    long now = System.nanoTime();
    boolean poll = now - polledNanos >= POLL.toNanos();
    for (Path path : poll ? paths : touched) {
      files.examine(path, now);
    }
    List<ClusterEvent> batch = model.apply(files.readSettled(now));
    files.taken(batch.size()).forEach(line -> LOG.info("manifests: {}", line));
    if (!batch.isEmpty()) {
      sink.accept(batch);
    }
    report();
    if (poll) {
      polledNanos = now;
      looked.taken();
    }
  }

  private void tellMade() {
    String made = model.made();
    if (!made.isEmpty()) {
      LOG.info("manifests: {}", made);
    }
  }

  /// All made-up addresses. For the thread that loads, before [#start()].
  public Set<IpAddress> madeAddresses() {
    return model.madeAddresses();
  }

  /// The present number of made-up objects. Safe on any thread.
  public MadeCounts made() {
    return made;
  }

  private void report() {
    made = model.madeCounts();
    List<Problem> now = files.problems(model);
    if (!now.equals(problems)) {
      problems = now;
      listener.problems(now);
    }
  }

  @Override
  public void close() {
    thread.close();
    watch.close();
  }
}
