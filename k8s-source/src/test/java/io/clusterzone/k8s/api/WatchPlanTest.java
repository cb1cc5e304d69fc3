package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.ApiOptions.Endpoints;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is watched, and so what the account must be allowed.
final class WatchPlanTest {
  private static ApiOptions options(
      List<String> namespaces, String labels, Endpoints endpoints, boolean pods, boolean imports) {
    return new ApiOptions(
        new ApiAccess.InCluster(),
        namespaces,
        labels,
        "",
        endpoints,
        false,
        pods,
        imports,
        ApiLimits.DEFAULT,
        null);
  }

  @Test
  void watchesNoMoreThanTheOptionsNeed() {
    assertThat(WatchPlan.describe(ApiOptions.of(new ApiAccess.InCluster())))
        .isEqualTo("watching namespaces, services, endpointslices");
    assertThat(WatchPlan.describe(options(List.of(), "", Endpoints.NONE, false, false)))
        .isEqualTo("watching namespaces, services");
    assertThat(WatchPlan.describe(options(List.of(), "", Endpoints.ALL, true, true)))
        .isEqualTo("watching namespaces, services, endpointslices, pods, serviceimports");
  }

  @Test
  void narrowsSlicesToThoseThatHeadlessNamesNeed() {
    assertThat(WatchPlan.describe(options(List.of(), "app=x", Endpoints.HEADLESS, false, true)))
        .contains(
            "endpointslices with app=x,service.kubernetes.io/headless, ",
            "endpointslices with app=x,!service.kubernetes.io/headless,"
                + "!endpointslice.kubernetes.io/managed-by, ",
            "endpointslices with app=x,!service.kubernetes.io/headless,"
                + "endpointslice.kubernetes.io/managed-by,"
                + "multicluster.kubernetes.io/service-name");
  }

  @Test
  void watchesAFewNamespacesOneByOne() {
    assertThat(WatchPlan.of(options(List.of("a", "b"), "", Endpoints.NONE, false, false)).values())
        .flatExtracting(resources -> resources.stream().map(r -> r.list("").path()).toList())
        .containsExactly(
            "/api/v1/namespaces?fieldSelector=metadata.name%3Da&limit=500",
            "/api/v1/namespaces?fieldSelector=metadata.name%3Db&limit=500",
            "/api/v1/namespaces/a/services?limit=500",
            "/api/v1/namespaces/b/services?limit=500");
    var many = IntStream.range(0, 9).mapToObj(i -> "n" + i).toList();
    assertThat(WatchPlan.describe(options(many, "", Endpoints.NONE, false, false)))
        .isEqualTo("watching namespaces, services");
  }
}
