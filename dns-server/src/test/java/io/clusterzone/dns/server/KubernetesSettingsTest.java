package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.k8s.api.ApiOptions;
import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiLimits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KubernetesSettingsTest {
  private static ApiOptions api(String options) {
    String text = ". {\n  kubernetes cluster.local {\n" + options + "\n  }\n}\n";
    Corefile.Result result =
        CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result();
    assertThat(result).isInstanceOf(Corefile.Valid.class);
    Corefile corefile = ((Corefile.Valid) result).corefile();
    Kubernetes kubernetes = corefile.blocks().getFirst().find(Kubernetes.class);
    assertThat(kubernetes).isNotNull();
    return KubernetesSettings.api(
        java.util.Objects.requireNonNull(kubernetes),
        KubernetesSettings.schema(kubernetes, List.of()).kinds());
  }

  @Test
  void watchesWhatCoreDnsWatchesByDefault() {
    assertThat(api(""))
        .isEqualTo(
            new ApiOptions(
                new ApiAccess.InCluster(),
                List.of(),
                "",
                "",
                ApiOptions.Endpoints.ALL,
                false,
                false,
                false,
                ApiLimits.DEFAULT,
                null));
  }

  @Test
  void asksTheServerForWhatIsWantedOnly() {
    ApiOptions options =
        api(
            """
            endpoint https://192.0.2.1:6443
            labels app in (a, b), !old
            namespaces shop lab
            endpoints auto
            pods verified
            apiserver_qps 7
            apiserver_max_inflight 3
            snapshot /var/lib/clusterzone/cluster
            """);
    assertThat(options.access())
        .isEqualTo(new ApiAccess.Endpoint("https://192.0.2.1:6443", "", "", ""));
    assertThat(options.labels()).isEqualTo("app in (a,b),!old");
    assertThat(options.namespaces()).containsExactly("shop", "lab");
    assertThat(options.endpoints()).isEqualTo(ApiOptions.Endpoints.HEADLESS);
    assertThat(options.pods()).isTrue();
    assertThat(options.limits()).isEqualTo(new ApiLimits(7, ApiLimits.DEFAULT.burst(), 3));
    assertThat(options.snapshot()).isEqualTo(Path.of("/var/lib/clusterzone/cluster"));
  }

  @Test
  void watchesAllEndpointsWhereAnOptionNeedsThem() {
    assertThat(api("endpoints auto\nignore empty_service").endpoints())
        .isEqualTo(ApiOptions.Endpoints.ALL);
    assertThat(api("noendpoints").endpoints()).isEqualTo(ApiOptions.Endpoints.NONE);
  }
}
