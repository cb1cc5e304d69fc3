package io.clusterzone.k8s.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterObjectTest {
  private static final ObjectKey KEY = new ObjectKey("shop", "web");

  @Test
  void keepsWhatItWasGivenWhenTheListChanges() {
    var addresses = new ArrayList<>(List.of(IpAddress.v4(1)));
    var service = new Service(KEY, Service.Type.CLUSTER_IP, addresses, List.of(), "");
    var pod = new Pod(KEY, addresses);
    var imported = new ServiceImport(KEY, false, addresses, List.of());
    var endpoint = new Endpoint(addresses, true, "", "", "");
    addresses.clear();
    assertThat(service.clusterIps()).hasSize(1);
    assertThat(pod.addresses()).hasSize(1);
    assertThat(imported.addresses()).hasSize(1);
    assertThat(endpoint.addresses()).hasSize(1);
  }

  @Test
  void eachObjectKnowsItsKindAndKey() {
    List<ClusterObject> objects =
        List.of(
            new Namespace("shop"),
            new Service(KEY, Service.Type.HEADLESS, List.of(), List.of(), ""),
            new EndpointSlice(KEY, "", "", "", List.of(), List.of()),
            new Pod(KEY, List.of()),
            new ServiceImport(KEY, true, List.of(), List.of()));
    assertThat(objects).extracting(ClusterObject::kind).containsExactly(Kind.values());
    assertThat(objects)
        .extracting(object -> object.key().toString())
        .containsExactly("shop", "shop/web", "shop/web", "shop/web", "shop/web");
  }
}
