package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.records.SchemaOptions;
import io.clusterzone.k8s.records.ZoneLog;
import io.clusterzone.k8s.records.ZoneWriter;
import io.clusterzone.k8s.source.ManifestSource;
import io.clusterzone.zones.zone.ZoneTable;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A cluster that is being followed: its source, the writer of its zones, and the table they are
/// published in. Started and closed by the thread that starts and closes the server.
final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final ZoneWriter writer;
  private final ManifestSource source;
  private final Thread loader;

  private Cluster(Kubernetes kubernetes, SchemaOptions schema) {
    this.writer = ZoneWriter.start(schema, Clock.systemUTC(), new ZoneLog());
    this.source =
        new ManifestSource(
            kubernetes.manifests(),
            KubernetesSettings.source(kubernetes, schema.kinds()),
            writer,
            new ProblemLog());
    this.loader = Thread.ofPlatform().name("manifest-load").daemon().unstarted(this::load);
  }

  /// Starts to follow the manifests that a directive `kubernetes` names.
  static Cluster start(Kubernetes kubernetes, List<IpAddress> ownAddresses) {
    var cluster = new Cluster(kubernetes, KubernetesSettings.schema(kubernetes, ownAddresses));
    cluster.loader.start();
    return cluster;
  }

  private void load() {
    try {
      source.load();
      source.start();
    } catch (InterruptedException _) {
      // The cluster was closed before everything was read.
    }
  }

  /// Waits until the whole cluster is known, but no longer than the directive says.
  void awaitKnown(Kubernetes kubernetes) throws InterruptedException {
    if (!writer.awaitSynced(kubernetes.startupTimeout())) {
      LOG.warn(
          "not all manifests are read after {} s; what is not known yet is answered SERVFAIL",
          kubernetes.startupTimeout().toSeconds());
    }
  }

  ZoneTable table() {
    return writer.table();
  }

  /// Each zone with the number of its names.
  String describe() {
    return table().current().all().stream()
        .map(zone -> "%s (%d names)".formatted(zone.apex(), zone.size()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    loader.interrupt();
    source.close();
    writer.close();
  }
}
