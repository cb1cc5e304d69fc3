package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.made.PodTemplate;
import io.clusterzone.k8s.made.Workload;
import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.YamlNode;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.text.ApiNames;
import org.jspecify.annotations.Nullable;

/// Reads workloads, and the autoscalers that say how many Pods they have.
final class WorkloadReader {
  private final FieldReader fields;
  private final PodReader pods;

  WorkloadReader(FieldReader fields, PodReader pods) {
    this.fields = fields;
    this.pods = pods;
  }

  Manifest workload(Mapping object, Workload.Kind kind, Metadata metadata) {
    Mapping spec = fields.mapping(object, "spec");
    Mapping template = fields.mapping(spec, "template");
    Mapping podSpec = fields.mapping(template, "spec");
    boolean numbered = kind == Workload.Kind.STATEFUL_SET;
    if (numbered) {
      checkHostname(object, metadata);
    }
    var workload =
        new Workload(
            kind,
            metadata.key(),
            number(spec, "replicas", Workload.NO_NUMBER),
            numbered ? number(fields.mapping(spec, "ordinals"), "start", 0) : 0,
            numbered ? fields.name(spec, "serviceName", ApiNames::labelFault) : "",
            new PodTemplate(
                fields.texts(fields.mapping(template, "metadata"), "labels"),
                fields.name(podSpec, "hostname", ApiNames::labelFault),
                fields.name(podSpec, "subdomain", ApiNames::labelFault),
                pods.namedPorts(podSpec)));
    return new Manifest.WorkloadManifest(workload, metadata.origin(), Owner.read(metadata, fields));
  }

  /// The names of a StatefulSet's Pods are host names.
  private void checkHostname(Mapping object, Metadata metadata) {
    String name = metadata.key().name();
    String fault = name.isEmpty() ? "" : ApiNames.labelFault(name + "-0");
    if (!fault.isEmpty()) {
      fields.problem(
          object.fields().getOrDefault("metadata", object),
          "metadata.name: the Pods of a StatefulSet are hosts, and \"%s-0\" is %s"
              .formatted(FieldReader.shorten(name), fault));
    }
  }

  private int number(Mapping parent, String field, int absent) {
    @Nullable YamlNode value = fields.value(parent, field);
    return value == null ? absent : fields.integer(value, field, 0, Integer.MAX_VALUE);
  }

  Manifest autoscaler(Mapping object, Metadata metadata) {
    Mapping spec = fields.mapping(object, "spec");
    Mapping target = fields.mapping(spec, "scaleTargetRef");
    return new Manifest.AutoscalerManifest(
        metadata.key(),
        metadata.origin(),
        new Owner(fields.text(target, "kind"), fields.text(target, "name")),
        number(spec, "minReplicas", 1));
  }
}
