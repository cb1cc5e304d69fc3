package io.clusterzone.dns.cli;

import io.clusterzone.dns.explain.ExplainRequest;
import io.clusterzone.dns.explain.ExplainedCluster;
import io.clusterzone.dns.explain.Explainer;
import io.clusterzone.dns.explain.ExplanationText;
import io.clusterzone.dns.server.UnheardServer;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

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
      "clusterzone explain web.shop --manifests deploy/example",
      "clusterzone explain web --from shop/cart-0 --kubeconfig ~/.kube/config",
      "clusterzone explain _http._tcp.web.shop SRV --resolver go --output json",
      "clusterzone explain 10.96.0.10 --conf Corefile"
    })
final class ExplainCommand extends BaseCommand {
  enum Output {
    TEXT,
    JSON;

    /// As it is typed.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

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
  private Output output = Output.TEXT;

  @Mixin private final SourceOptions source = new SourceOptions();

  @Override
  public Integer call() throws InterruptedException {
    JsonNode explanation = explain(request());
    out()
        .print(
            switch (output) {
              case TEXT -> ExplanationText.of(explanation);
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
    try (var server = UnheardServer.start(ServedCorefile.of(source, List.of()))) {
      return new Explainer(server.explained()).explain(request);
    } catch (ExplainedCluster.Busy e) {
      throw CommandFailure.problem(String.valueOf(e.getMessage()));
    }
  }
}
