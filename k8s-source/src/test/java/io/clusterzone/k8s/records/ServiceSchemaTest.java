package io.clusterzone.k8s.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterEvent.Put;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.IpAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSchemaTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "endpoint-pod-names zonal", "ignore-empty-service"})
  void pointersOfAnAddressAreThoseAmongAll(String text) {
    SchemaOptions options = OptionsText.parse(text);
    var random = new Random(1);
    var cluster = new RandomCluster(random);
    for (int i = 0; i < 5000; i++) {
      cluster.next();
      if (i % 10 == 0) {
        requireSamePointers(cluster.everything().stream().map(e -> ((Put) e).object()), options);
      }
    }
  }

  private static void requireSamePointers(Stream<ClusterObject> objects, SchemaOptions options) {
    List<ClusterObject> all = objects.toList();
    List<EndpointSlice> slices =
        all.stream()
            .filter(EndpointSlice.class::isInstance)
            .map(EndpointSlice.class::cast)
            .sorted(Comparator.comparing(slice -> slice.key().name()))
            .toList();
    for (ClusterObject object : all) {
      switch (object) {
        case ClusterObject.Service _, ClusterObject.ServiceImport _ ->
            requireSamePointers(new ServiceView(object, slices), options);
        case ClusterObject.Namespace _, EndpointSlice _, ClusterObject.Pod _ -> {}
      }
    }
  }

  private static void requireSamePointers(ServiceView view, SchemaOptions options) {
    List<Pointer> all =
        new ServiceSchema(view, options.primaryZone(), options).records().pointers();
    for (int host = 0; host < 6; host++) {
      for (IpAddress address :
          List.of(IpAddress.v4(0x0a000000 + host), IpAddress.v6(0xfd00L << 48, host))) {
        Set<Pointer> expected =
            all.stream().filter(p -> p.address().equals(address)).collect(Collectors.toSet());
        assertThat(new ServiceSchema(view, options.primaryZone(), options).pointers(address))
            .allMatch(expected::contains)
            .containsAll(expected);
      }
    }
  }
}
