package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A version of an object takes the key, the texts and the ports of the one before, where they are
/// equal: the changes of days take no more memory than a fresh start.
final class SharedPartsTest {
  /// A text that no other object has.
  private static String fresh(String text) {
    return String.valueOf(text.toCharArray());
  }

  private static ObjectKey freshKey() {
    return new ObjectKey(fresh("shop"), fresh("web"));
  }

  private static List<Port> freshPorts() {
    return new ArrayList<>(List.of(new Port(fresh("http"), fresh("tcp"), 80)));
  }

  private static EndpointSlice slice(String ip) {
    EndpointSlice sample = Samples.slice("web", "web-1", ip);
    return new EndpointSlice(
        freshKey(), fresh("web"), fresh("all"), fresh("east"), sample.endpoints(), freshPorts());
  }

  private static Service service(Service.Type type) {
    return new Service(freshKey(), type, List.of(), freshPorts(), fresh("example.com"));
  }

  static Stream<List<ClusterObject>> versions() {
    return Stream.of(
        List.of(slice("10.0.0.1"), slice("10.0.0.2")),
        List.of(service(Service.Type.HEADLESS), service(Service.Type.CLUSTER_IP)),
        List.of(
            new ServiceImport(freshKey(), true, List.of(), freshPorts()),
            new ServiceImport(freshKey(), false, true, List.of(), freshPorts())),
        List.of(
            new Pod(freshKey(), List.of()),
            new Pod(freshKey(), Samples.pod("p", "10.0.0.1").addresses())));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aVersionIsItselfAndSharesWhatIsEqual(List<ClusterObject> versions) {
    ClusterObject before = versions.getFirst();
    ClusterObject after = versions.getLast();
    ClusterObject shared = SharedParts.share(before, after);

    assertThat(shared).isEqualTo(after).isNotEqualTo(before);
    assertThat(parts(shared))
        .hasSameSizeAs(parts(before))
        .zipSatisfy(parts(before), (now, then) -> assertThat(now).isSameAs(then));
  }

  private static List<Object> parts(ClusterObject object) {
    return switch (object) {
      case EndpointSlice slice ->
          List.of(
              slice.key(),
              slice.service(),
              slice.importedService(),
              slice.cluster(),
              slice.ports());
      case Service service -> List.of(service.key(), service.ports(), service.externalName());
      case ServiceImport found -> List.of(found.key(), found.ports());
      case Pod pod -> List.of(pod.key());
      case ClusterObject.Namespace _ -> List.of();
    };
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatDiffersIsTheNewOne(List<ClusterObject> versions) {
    ClusterObject before = versions.getFirst();
    var other = new EndpointSlice(freshKey(), "api", "some", "west", List.of(), List.of());

    assertThat(SharedParts.share(before, other)).isEqualTo(other);
    assertThat(SharedParts.share(slice("10.0.0.1"), other)).isEqualTo(other);
    assertThat(SharedParts.share(other, before)).isEqualTo(before);
  }
}
