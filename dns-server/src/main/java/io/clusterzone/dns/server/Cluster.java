package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.k8s.records.SchemaOptions;
import io.clusterzone.k8s.records.ZoneLog;
import io.clusterzone.k8s.records.ZoneWriter;
import io.clusterzone.k8s.thread.SteadyThread;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneTable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A cluster that is being followed: its source, the writer of its zones, and the table they are
/// published in. Started and closed by the thread that starts and closes the server.
final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private static final int DESCRIBED = 10;

  private final Name zone;
  private final ZoneWriter writer;
  private final ClusterSource source;
  private final SteadyThread loader;

  private Cluster(
      Kubernetes kubernetes,
      SchemaOptions schema,
      ApiObserver api,
      Function<ClusterSink, ClusterSource> sourceTo) {
    this.zone = kubernetes.primaryZone();
    boolean byHand = !kubernetes.manifests().isEmpty();
    var listener = new ZoneLog(nanos -> api.visible(Duration.ofNanos(nanos)), byHand);
    this.writer = ZoneWriter.start(schema, Clock.systemUTC(), listener);
    try {
      this.source = sourceTo.apply(writer);
    } catch (Throwable e) {
      writer.close();
      throw e;
    }
    this.loader = SteadyThread.once("cluster-load", source::start);
  }

  /// Starts to follow the cluster that a directive `kubernetes` names.
  ///
  /// @throws Unservable if it cannot be followed the way that the directive says
  static Cluster start(Kubernetes kubernetes, List<IpAddress> ownAddresses, ApiObserver api) {
    SchemaOptions schema = KubernetesSettings.schema(kubernetes, ownAddresses);
    return start(
        new Cluster(
            kubernetes,
            schema,
            api,
            sink -> ClusterSource.of(kubernetes, schema.kinds(), sink, api)));
  }

  /// Starts with a cluster that is known already.
  ///
  /// @param kubernetes the directive whose options it has
  static Cluster given(Kubernetes kubernetes, SchemaOptions schema, List<ClusterEvent> events) {
    return start(
        new Cluster(
            kubernetes, schema, new ApiCounters(), sink -> new ClusterSource.Given(events, sink)));
  }

  private static Cluster start(Cluster cluster) {
    try {
      cluster.loader.start();
      return cluster;
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  /// Waits until the whole cluster is known, but no longer than the directive says. `first`: this
  /// is the start, and an answer from a snapshot that is still read is better than none; later it
  /// would be worse than the answers served meanwhile.
  void awaitKnown(Kubernetes kubernetes, boolean first) throws InterruptedException {
    Duration patience = kubernetes.startupTimeout();
    boolean done = first ? writer.awaitSyncedOrRestoring(patience) : writer.awaitSynced(patience);
    if (!done && !known()) {
      LOG.warn(
          "the whole cluster is not known after {} s; what is not known yet is answered SERVFAIL",
          kubernetes.startupTimeout().toSeconds());
    }
  }

  /// Waits until all of it is known as it is now; false if that takes longer.
  boolean awaitSynced(Duration patience) throws InterruptedException {
    return writer.awaitSynced(patience);
  }

  /// The objects behind the zones, as of one moment between two changes.
  ///
  /// @throws TimeoutException if the writer of zones is busy for longer
  ClusterObjects objects(Duration patience) throws InterruptedException, TimeoutException {
    return writer.objects(patience);
  }

  /// Whether every kind that names depend on has been read once, if only from a snapshot.
  boolean known() {
    return writer.known();
  }

  /// The zone that PTR records point into.
  Name zone() {
    return zone;
  }

  /// Where it is learnt from, and how that goes.
  ClusterSource source() {
    return source;
  }

  /// Objects that have changes waiting for the writer of zones.
  int queued() {
    return writer.queued();
  }

  ZoneTable table() {
    return writer.table();
  }

  /// The first zones, each with the number of its names: a prefix may stand for hundreds.
  String describe() {
    String soFar = known() ? "" : " so far";
    List<Zone> zones = table().current().all();
    String first =
        zones.stream()
            .limit(DESCRIBED)
            .map(zone -> "%s (%d names%s)".formatted(zone.apex(), zone.size(), soFar))
            .collect(Collectors.joining(", "));
    int more = zones.size() - DESCRIBED;
    return more > 0 ? "%s and %d more zones".formatted(first, more) : first;
  }

  @Override
  public void close() {
    loader.close();
    source.close();
    writer.close();
  }
}
