package io.clusterzone.dns.hosts;

import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import io.clusterzone.k8s.source.DirectoryWatch;
import io.clusterzone.k8s.thread.LastLook;
import io.clusterzone.k8s.thread.SteadyThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the hosts files of one configuration read, on the thread "hosts-reader": when their
/// directory says that they were touched, and in their interval besides, for what a directory does
/// not say, as of a file that is mounted by itself. Safe on any thread.
public final class HostsFollower implements MetricSource, AutoCloseable {
  /// The time that a writer of a file may take to finish.
  private static final Duration SETTLE = Duration.ofMillis(100);

  /// After which a directive that has come later is seen.
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Consumer<String> warnings;
  private final Map<Hosts, Followed> followed = new ConcurrentHashMap<>();
  private final SteadyThread reader = SteadyThread.loop("hosts-reader", this::step);
  private boolean started;

  /// The reader's own; made by its first step.
  private @Nullable DirectoryWatch watch;

  /// @param warnings takes a line for each thing that is wrong, on the thread that found it
  public HostsFollower(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /// The names of a directive, read before this returns and again when they change. Equal
  /// directives share them.
  public FollowedHosts follow(Hosts hosts) {
    FollowedHosts names = followed.computeIfAbsent(hosts, this::start).names;
    if (!hosts.reload().isZero()) {
      startReader();
    }
    return names;
  }

  private Followed start(Hosts hosts) {
    var names = new FollowedHosts(hosts, warnings);
    names.refresh();
    return new Followed(names, hosts.file().toAbsolutePath(), hosts.reload());
  }

  private synchronized void startReader() {
    if (!started) {
      reader.start();
      started = true;
    }
  }

  /// The last look at each file that is read again.
  public List<LastLook> looks() {
    return followed.values().stream()
        .filter(one -> !one.interval.isZero())
        .map(one -> one.looked)
        .toList();
  }

  /// A, AAAA and PTR records of all directives.
  @Override
  public void writeTo(MetricText text) {
    text.gauge("coredns_hosts_entries", "Entries of hosts files and of the Corefile.");
    text.sample(
        "", followed.values().stream().mapToInt(one -> one.names.current().records()).sum());
  }

  private void step() throws InterruptedException {
    if (watch == null) {
      watch = new DirectoryWatch();
    }
    try {
      lookOnce(watch);
    } catch (InterruptedException e) {
      watch.close();
      throw e;
    }
  }

  private void lookOnce(DirectoryWatch watch) throws InterruptedException {
    for (Followed one : followed.values()) {
      one.watch(watch);
    }
    Set<Path> touched = touched(watch);
    long nowNanos = System.nanoTime();
    for (Followed one : followed.values()) {
      one.look(touched, nowNanos);
    }
  }

  private Set<Path> touched(DirectoryWatch watch) throws InterruptedException {
    Duration wait = TICK;
    long nowNanos = System.nanoTime();
    for (Followed one : followed.values()) {
      wait = one.earlier(wait, nowNanos);
    }
    Set<Path> touched = watch.await(wait);
    if (!touched.isEmpty()) {
      Thread.sleep(SETTLE);
      touched.addAll(watch.await(Duration.ZERO));
    }
    return touched;
  }

  @Override
  public void close() {
    reader.close();
  }

  /// One directive; its times are the reader's.
  private static final class Followed {
    private final FollowedHosts names;
    private final Path file;
    private final Duration interval;
    private final LastLook looked;
    private long lookedNanos = System.nanoTime();

    Followed(FollowedHosts names, Path file, Duration interval) {
      this.names = names;
      this.file = file;
      this.interval = interval;
      this.looked = new LastLook("hosts " + file, interval, System::nanoTime);
    }

    /// Watches for touches of the file: its directory may have become another.
    void watch(DirectoryWatch watch) {
      Path directory = file.getParent();
      if (directory == null || interval.isZero()) {
        return;
      }
      if (Files.isDirectory(directory)) {
        watch.directory(directory);
      }
      if (Files.isSymbolicLink(file)) {
        watch.link(file);
      }
    }

    /// The time until the file is looked at anyway, if that is earlier.
    Duration earlier(Duration other, long nowNanos) {
      if (interval.isZero()) {
        return other;
      }
      Duration left = interval.minusNanos(nowNanos - lookedNanos);
      return left.isNegative() ? Duration.ZERO : left.compareTo(other) < 0 ? left : other;
    }

    void look(Set<Path> touched, long nowNanos) {
      boolean due = nowNanos - lookedNanos >= interval.toNanos();
      if (!interval.isZero() && (due || touched.contains(file) || isSwapped(touched))) {
        names.refresh();
        lookedNanos = nowNanos;
        looked.taken();
      }
    }

    /// Whether something happened in the directory that may be about the file.
    private boolean isSwapped(Set<Path> touched) {
      Path directory = file.getParent();
      return directory != null && touched.contains(directory);
    }
  }
}
