package io.clusterzone.k8s.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  void octetsAreThoseOfTheFields() {
    int key = "shop".length() + "web".length();
    var addresses = List.of(IpAddress.v4(1), IpAddress.v6(1, 2));
    var ports = List.of(new Port("dns", "udp", 53));
    var endpoint = new Endpoint(List.of(IpAddress.v4(1)), true, "", "web-1", "");
    Map<ClusterObject, Integer> expected =
        Map.of(
            new Namespace("shop"), "shop".length(),
            new Service(KEY, Service.Type.EXTERNAL_NAME, addresses, ports, "a.example"),
                key + 4 + 16 + 8 + 9,
            // Flags, address, length and text of the one endpoint.
            new EndpointSlice(KEY, "web", "im", "c", List.of(endpoint), ports),
                key + 3 + 2 + 1 + (1 + 4 + 1 + 5) + 8,
            new Pod(KEY, addresses), key + 20,
            new ServiceImport(KEY, true, addresses, ports), key + 20 + 8);
    expected.forEach((object, octets) -> assertThat(object.octets()).isEqualTo(octets));
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
