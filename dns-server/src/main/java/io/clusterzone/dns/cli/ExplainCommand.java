package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.explain.Difference;
import io.clusterzone.dns.explain.ExplainRequest;
import io.clusterzone.dns.explain.ExplainedCluster;
import io.clusterzone.dns.explain.Explainer;
import io.clusterzone.dns.explain.ExplanationText;
import io.clusterzone.dns.server.UnheardServer;
import io.clusterzone.k8s.problem.ProblemLine;
import io.clusterzone.k8s.records.ClusterObjects;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `clusterzone explain`: why a name resolves for a Pod, or does not.
@Command(
    name = "explain",
    description = {
      "Tell why a name resolves for a Pod, or does not: the search list of its resolver, each",
      "question, and for the one that counts the directive, the zone and the objects behind it."
    },
    footer = {
      "",
      "The codes of findings are explained in CODES.md. Exit code: 0 it resolves, 1 it does not.",
      "",
      "clusterzone explain web.shop",
      "clusterzone explain web.shop --manifests deploy/example",
      "clusterzone explain web --from shop/cart-0 --kubeconfig ~/.kube/config",
      "clusterzone explain _http._tcp.web.shop SRV --resolver go --output json",
      "clusterzone explain 10.96.0.10 --conf Corefile",
      "",
      "With both --kubeconfig and --manifests it tells what the manifests would change.",
      "",
      "clusterzone explain web.shop --kubeconfig ~/.kube/config --manifests new/"
    })
final class ExplainCommand extends BaseCommand {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The name as a program in the Pod gives it, or an address.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "The type of record. Default: the addresses of a name, A and AAAA.")
  private String type = "";

  @Option(
      names = "--from",
      paramLabel = "NAMESPACE|NAMESPACE/POD|ADDRESS",
      description =
          "Who asks: the namespace decides where the search begins, the address what acl lets it"
              + " see. Default: the namespace default, from 127.0.0.1.")
  private String from = "";

  @Option(
      names = "--resolver",
      paramLabel = "glibc|musl|go",
      description = "The resolver of the Pod; musl is Alpine's. Default: glibc.")
  private String resolver = "";

  @Option(
      names = "--ndots",
      paramLabel = "N",
      description = "The option ndots of the Pod's resolv.conf. Default: 5.")
  private String ndots = "";

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "For people or for programs. Default: ${DEFAULT-VALUE}.")
  private OutputForm output = OutputForm.TEXT;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Ask the running server at http://HOST:PORT or HOST:PORT of its directive admin. Default,"
              + " where no other source is named: "
              + AdminClient.DEFAULT)
  private @Nullable String server;

  @Mixin private final SourceOptions source = new SourceOptions();

  @Override
  public Integer call() throws InterruptedException {
    JsonNode explanation = explain(request());
    out()
        .print(
            switch (output) {
              case TEXT ->
                  explanation.has("changes")
                      ? Difference.text(explanation)
                      : ExplanationText.of(explanation);
              case JSON -> explanation.toPrettyString() + "\n";
            });
    out().flush();
    return explanation.path("resolves").asBoolean() ? Commands.OK : Commands.PROBLEM;
  }

  private ExplainRequest request() {
    try {
      return ExplainRequest.of(name, type, from, resolver, ndots);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private JsonNode explain(ExplainRequest request) throws InterruptedException {
    boolean named = !source.manifests.isEmpty() || source.kubeconfig != null || source.conf != null;
    if (server != null && !source.manifests.isEmpty()) {
      throw CommandFailure.usage(
          "what manifests would change in a live cluster takes --kubeconfig, not --server: a server"
              + " does not hand out its objects");
    }
    if (server != null && named) {
      throw CommandFailure.usage("--server excludes --kubeconfig and --conf");
    }
    if (source.kubeconfig != null && !source.manifests.isEmpty()) {
      return explainChange(request);
    }
    return named ? explainHere(request) : ask();
  }

  /// The answer of the live cluster, and the one with the manifests laid over it.
  private JsonNode explainChange(ExplainRequest request) throws InterruptedException {
    Kubernetes written =
        ServedCorefile.of(source.onlyManifests(), List.of()).findFirst(Kubernetes.class);
    Corefile corefile = ServedCorefile.of(source.onlyKubeconfig(), List.of());
    try (var live = UnheardServer.start(corefile)) {
      ObjectNode before = new Explainer(live.explained()).explain(request);
      ClusterObjects objects = live.explained().clusters().getFirst().objects();
      try (var planned =
          UnheardServer.laidOver(
              corefile,
              objects,
              Objects.requireNonNull(written),
              problems -> ProblemLine.of(problems).forEach(err()::println))) {
        return Difference.of(before, new Explainer(planned.explained()).explain(request));
      }
    }
  }

  private JsonNode explainHere(ExplainRequest request) throws InterruptedException {
    try (var unheard = UnheardServer.start(ServedCorefile.of(source, List.of()))) {
      return new Explainer(unheard.explained()).explain(request);
    } catch (ExplainedCluster.Busy e) {
      throw CommandFailure.problem(String.valueOf(e.getMessage()));
    }
  }

  /// The server is told what was typed, and checks it again.
  private JsonNode ask() {
    String text =
        new AdminClient(server == null ? AdminClient.DEFAULT : server)
            .get(
                "/explain",
                Map.of(
                    "name", List.of(name),
                    "type", List.of(type),
                    "from", List.of(from),
                    "resolver", List.of(resolver),
                    "ndots", List.of(ndots)));
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw CommandFailure.problem("the server's reply is not JSON: " + e.getOriginalMessage());
    }
  }
}
