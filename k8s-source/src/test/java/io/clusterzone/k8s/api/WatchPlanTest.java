package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.ApiOptions.Endpoints;
import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiLimits;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The watches, and so the permissions that the account needs.
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
                + "endpointslice.kubernetes.io/managed-by!=endpointslice-controller.k8s.io, ",
            "endpointslices with app=x,!service.kubernetes.io/headless,"
                + "endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io,"
                + "multicluster.kubernetes.io/service-name, serviceimports");
  }

  @Test
  void tellsWhatIsWatchedAndWhatThatLeavesOut() {
    assertThat(WatchPlan.announce(ApiOptions.of(new ApiAccess.InCluster())))
        .isEqualTo(
            "watching namespaces, services, endpointslices (all; endpoints auto would spare those"
                + " of ClusterIP Services, and with them their endpoint and reverse names)");
    assertThat(
            WatchPlan.announce(
                options(List.of("a", "b"), "app=x", Endpoints.HEADLESS, true, false)))
        .isEqualTo(
            "watching namespaces, services, endpointslices (of headless Services, and those that"
                + " are not made of a selector; other Services have no endpoint names and no"
                + " reverse names of endpoints), pods in a, b with the labels app=x");
    assertThat(WatchPlan.announce(options(List.of(), "", Endpoints.NONE, false, true)))
        .isEqualTo("watching namespaces, services, serviceimports");
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
