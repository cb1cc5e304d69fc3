package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.server.KubernetesSettings;
import io.clusterzone.dns.server.OwnAddresses;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.problem.ProblemLine;
import io.clusterzone.k8s.records.SchemaOptions;
import io.clusterzone.k8s.records.ZoneLog;
import io.clusterzone.k8s.records.ZonePublisher;
import io.clusterzone.k8s.source.ManifestSource;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.MasterFile;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneTable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `clusterzone dump`: a zone as `serve` would serve it, in the format that every other name server
/// reads. Problems of the manifests go to the error output; what is left of them is printed.
@Command(
    name = "dump",
    description = "Print a zone as a master file.",
    footer = {
      "",
      "clusterzone dump --manifests deploy/example",
      "clusterzone dump --kubeconfig ~/.kube/config --zone cluster.local",
      "helm template . | clusterzone dump --manifests -",
      "clusterzone dump --conf Corefile --zone in-addr.arpa | named-checkzone in-addr.arpa -"
    })
final class DumpCommand extends BaseCommand {
  @Mixin private final SourceOptions source = new SourceOptions();

  @Option(
      names = "--zone",
      paramLabel = "NAME",
      description = "Which zone. Default: the first one that is served, cluster.local as a rule.")
  private @Nullable String zone;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Corefile corefile = ServedCorefile.of(source, servedZones());
    List<Kubernetes> all = corefile.all(Kubernetes.class).distinct().toList();
    Kubernetes kubernetes = choose(all);
    Name wanted = zone == null ? kubernetes.primaryZone() : ImpliedCorefile.zone(zone);
    print(corefile, kubernetes, wanted);
    out().flush();
    return Commands.OK;
  }

  /// With manifests the zone to print is served; a reverse zone beside the default ones.
  private List<String> servedZones() {
    if (zone == null) {
      return List.of();
    }
    boolean reverse = ReverseName.isReverse(ImpliedCorefile.zone(zone));
    return reverse ? List.of("cluster.local", zone) : List.of(zone);
  }

  private Kubernetes choose(List<Kubernetes> all) {
    if (zone == null && !all.isEmpty()) {
      return all.getFirst();
    }
    return all.stream()
        .filter(one -> zone != null && one.zones().contains(ImpliedCorefile.zone(zone)))
        .findFirst()
        .orElseThrow(() -> notServed(all));
  }

  private CommandFailure notServed(List<Kubernetes> all) {
    String served =
        all.stream()
            .flatMap(one -> one.zones().stream())
            .map(Name::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    return CommandFailure.problem(
        served.isEmpty()
            ? "the Corefile has no directive kubernetes, so there is no zone to print"
            : "no zone " + zone + " is served; --zone takes one of " + served);
  }

  private void print(Corefile corefile, Kubernetes kubernetes, Name wanted)
      throws IOException, InterruptedException {
    SchemaOptions schema =
        KubernetesSettings.schema(kubernetes, OwnAddresses.of(corefile, kubernetes));
    if (kubernetes.manifests().isEmpty()) {
      MasterFile.write(
          zone(LiveZones.learn(kubernetes, schema), wanted), out(), new MadeUp(Set.of()));
      return;
    }
    Set<IpAddress> made;
    var publisher = new ZonePublisher(schema, Clock.systemUTC(), new ZoneLog(_ -> {}));
    try (var manifests =
        new ManifestSource(
            kubernetes.manifests(),
            KubernetesSettings.source(kubernetes, schema.kinds()),
            publisher::apply,
            problems -> ProblemLine.of(problems).forEach(err()::println))) {
      manifests.load();
      made = manifests.madeAddresses();
    }
    MasterFile.write(zone(publisher.table(), wanted), out(), new MadeUp(made));
  }

  private static Zone zone(ZoneTable table, Name wanted) {
    return table.current().all().stream()
        .filter(found -> found.apex().equals(wanted))
        .findFirst()
        .orElseThrow();
  }
}
