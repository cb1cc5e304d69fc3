package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.server.CorefileFile;
import io.clusterzone.dns.server.KubernetesSettings;
import io.clusterzone.k8s.api.Permission;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `clusterzone rbac`: the manifests of an account that may read what a Corefile's directives
/// watch, and nothing else.
@Command(
    name = "rbac",
    description = "Print the service account and role that a Corefile needs in its cluster.",
    footer = {
      "",
      "clusterzone rbac --conf Corefile | kubectl apply -f -",
      "clusterzone rbac --conf Corefile --name dns --namespace dns"
    })
final class RbacCommand extends BaseCommand {
  /// DNS-1123 subdomains, as names of these objects are.
  private static final String OBJECT_NAME =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  @Option(
      names = {"-conf", "--conf"},
      paramLabel = "FILE",
      description =
          "The Corefile to serve; stdin is the standard input. Default: ${DEFAULT-VALUE}.")
  private Path conf = Path.of("Corefile");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of each object. Default: ${DEFAULT-VALUE}.")
  private String name = "clusterzone";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "The namespace of the service account. Default: ${DEFAULT-VALUE}.")
  private String namespace = "kube-system";

  @Override
  public Integer call() {
    checkName("--name", name);
    checkName("--namespace", namespace);
    Corefile corefile =
        CorefileFile.good(CorefileFile.at(conf, ParseOptions.ofProcess()).read().result());
    Map<String, Set<String>> groups = new TreeMap<>();
    needed(corefile)
        .forEach(one ->
            groups.computeIfAbsent(one.apiGroup(), _ -> new TreeSet<>()).add(one.resource()));
    if (groups.isEmpty()) {
      throw CommandFailure.problem(
          "no directive kubernetes of this Corefile asks an API server, so it needs no rights");
    }
    out().print(manifests(groups));
    out().flush();
    return Commands.OK;
  }

  private static Stream<Permission> needed(Corefile corefile) {
    return corefile
        .all(Kubernetes.class)
        .filter(kubernetes -> kubernetes.manifests().isEmpty())
        .map(kubernetes ->
            KubernetesSettings.api(
                kubernetes, KubernetesSettings.schema(kubernetes, List.of()).kinds()))
        .flatMap(options -> Permission.needed(options).stream());
  }

  private static void checkName(String option, String value) {
    if (value.length() > 253 || !value.matches(OBJECT_NAME)) {
      throw CommandFailure.usage(
          option + " takes lower-case letters, digits, hyphens and dots, not " + value);
    }
  }

  private String manifests(Map<String, Set<String>> groups) {
    var rules = new StringBuilder();
    groups.forEach((group, resources) ->
        rules.append(
            """
              - apiGroups: [%s]
                resources: [%s]
                verbs: [list, watch]
            """
                .formatted(group.isEmpty() ? "\"\"" : group, String.join(", ", resources))));
    return """
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: %1$s
      namespace: %2$s
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: %1$s
    rules:
    %3$s---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: %1$s
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: %1$s
    subjects:
      - kind: ServiceAccount
        name: %1$s
        namespace: %2$s
    """
        .formatted(name, namespace, rules);
  }
}
