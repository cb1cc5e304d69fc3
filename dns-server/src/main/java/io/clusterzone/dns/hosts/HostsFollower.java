package io.clusterzone.dns.hosts;

import io.clusterzone.dns.config.Hosts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Keeps the hosts files of one configuration read, on the thread "hosts-reader". Safe on any
/// thread.
public final class HostsFollower implements AutoCloseable {
  private final Consumer<String> warnings;
  private final Map<Hosts, FollowedHosts> followed = new ConcurrentHashMap<>();
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("hosts-reader").daemon().factory());

  /// @param warnings takes a line for each thing that is wrong, on the thread that found it
  public HostsFollower(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /// The names of a directive, read before this returns and again in its interval. Equal directives
  /// share them.
  public FollowedHosts follow(Hosts hosts) {
    return followed.computeIfAbsent(hosts, this::start);
  }

  private FollowedHosts start(Hosts hosts) {
    var names = new FollowedHosts(hosts, warnings);
    names.refresh();
    long nanos = hosts.reload().toNanos();
    if (nanos > 0) {
      var _ = reader.scheduleWithFixedDelay(names::refresh, nanos, nanos, TimeUnit.NANOSECONDS);
    }
    return names;
  }

  /// A, AAAA and PTR records of all directives: the gauge `coredns_hosts_entries`.
  public int records() {
    return followed.values().stream().mapToInt(one -> one.current().records()).sum();
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
