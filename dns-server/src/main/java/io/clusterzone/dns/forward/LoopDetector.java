package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.k8s.thread.SteadyTask;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds upstreams that send this server's questions back, and takes them out meanwhile.
///
/// Each upstream is asked now and then for a name that cannot be guessed: 128 random bits in two
/// labels. If the question arrives here, the upstream leads here. The usual cause is a node's stub
/// resolver in `/etc/resolv.conf`, which itself asks the cluster's DNS. Nothing else stops: names
/// of the cluster are answered, and so are names that another upstream knows.
///
/// Shared by all event loops; it asks on the one that [#start] was first called for.
public final class LoopDetector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopDetector.class);
  private static final int LABEL_LENGTH = 16;

  private final List<UpstreamGroup> groups;
  private final Name under;
  private final Duration interval;
  private final ConcurrentMap<Name, Upstream> asked = new ConcurrentHashMap<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean closed;

  /// @param under where the names are that are asked for: a zone of the server block
  /// @param interval between two looks at an upstream
  public LoopDetector(List<UpstreamGroup> groups, Name under, Duration interval) {
    this.groups = List.copyOf(groups);
    this.under = under;
    this.interval = interval;
  }

  /// Begins to ask, on the event loop; once, however often it is called. From any thread.
  public void start(LoopChannels channels) {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    channels
        .loop()
        .execute(() ->
            new SteadyTask("loop-detector", channels.loop(), interval, _ -> probeAll(channels))
                .now());
  }

  private void probeAll(LoopChannels channels) {
    var random = new Randomness();
    List<SteadyTask> probes = new ArrayList<>();
    for (UpstreamGroup group : groups) {
      var loop = new LoopUpstreams(group, channels);
      for (Upstream upstream : group.upstreams()) {
        probes.add(
            new SteadyTask(
                "loop-probe",
                channels.loop(),
                interval,
                task -> probe(task, loop, upstream, random)));
      }
    }
    probes.forEach(SteadyTask::now);
  }

  private void probe(SteadyTask task, LoopUpstreams loop, Upstream upstream, Randomness random) {
    if (closed) {
      return;
    }
    Name name = under.child(label(random)).child(label(random));
    asked.put(name, upstream);
    try {
      ask(name, loop, upstream, _ -> task.guard(() -> asked(name, upstream, task)));
    } catch (Throwable e) {
      asked.remove(name);
      throw e;
    }
  }

  private static void ask(
      Name name, LoopUpstreams loop, Upstream upstream, Attempt.Listener listener) {
    var question = new Question(name, RRType.HINFO, true, false, false);
    boolean edns = upstream.edns().takesOpt(System.nanoTime());
    OutgoingQuery query = loop.query(question, true, edns);
    loop.attempt(
        upstream,
        query,
        loop.group().startsWithStream(false),
        loop.group().attemptMillis(),
        listener);
  }

  /// The attempt has ended, whether or not the question came back.
  private void asked(Name name, Upstream upstream, SteadyTask task) {
    if (asked.remove(name) != null && upstream.loops()) {
      upstream.setLoops(false);
      LOG.info("plugin/loop: upstream {} no longer leads back here; it is asked again", upstream);
    }
    task.later();
  }

  private static String label(Randomness random) {
    return HexFormat.of().toHexDigits(random.bits());
  }

  /// Whether the query is one of ours that has come back; then its upstream is taken out. Cheap for
  /// all others.
  public boolean recognizes(QueryView query) {
    if (query.type() != RRType.HINFO || query.name()[0] != LABEL_LENGTH) {
      return false;
    }
    Upstream upstream = asked.remove(Name.ofWire(query.head(), Header.LENGTH));
    if (upstream == null) {
      return false;
    }
    if (!upstream.loops()) {
      upstream.setLoops(true);
      LOG.error(
          "plugin/loop: upstream {} sends questions back to this server and is no longer asked;"
              + " the usual cause is a stub resolver of the node (127.0.0.53) in /etc/resolv.conf:"
              + " forward to its upstreams instead, on Ubuntu those in"
              + " /run/systemd/resolve/resolv.conf",
          upstream);
    }
    return true;
  }

  /// Asks no more.
  @Override
  public void close() {
    closed = true;
  }
}
