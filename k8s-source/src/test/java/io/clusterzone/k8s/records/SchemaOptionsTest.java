package io.clusterzone.k8s.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.records.SchemaOptions.PodRecords;
import io.clusterzone.zones.name.Name;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaOptionsTest {
  @Test
  void defaults() {
    assertThat(new SchemaOptionsBuilder().build())
        .isEqualTo(
            new SchemaOptions(
                List.of(Name.parse("cluster.local")),
                List.of(Name.parse("in-addr.arpa"), Name.parse("ip6.arpa")),
                List.of(),
                5,
                PodRecords.DISABLED,
                false,
                false,
                false,
                false,
                Set.of(),
                List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ttl=-1",
        "ttl=3601",
        "zonal noendpoints",
        "forward=",
        "forward=a,A.",
        "forward=in-addr.arpa",
        "multicluster=cluster.local",
        "reverse=10.0.0.0/8,10.0.0.0/12",
      })
  void refusesWhatCannotBe(String options) {
    assertThatThrownBy(() -> OptionsText.parse(options))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAZoneWithoutRoomForNames() {
    String label = "a".repeat(60) + ".";
    assertThat(OptionsText.parse("forward=" + label.repeat(3) + "a".repeat(58)).forwardZones())
        .hasSize(1);
    assertThatThrownBy(() -> OptionsText.parse("forward=" + label.repeat(4)))
        .hasMessageContaining("no room");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 300, 3600})
  void acceptsEachTtlOfItsRange(int ttl) {
    assertThat(OptionsText.parse("ttl=" + ttl).ttlSeconds()).isEqualTo(ttl);
  }

  @ParameterizedTest
  @CsvSource({
    "'', NAMESPACE SERVICE ENDPOINT_SLICE",
    "noendpoints, NAMESPACE SERVICE",
    "pods=insecure, NAMESPACE SERVICE ENDPOINT_SLICE",
    "pods=verified, NAMESPACE SERVICE ENDPOINT_SLICE POD",
    "multicluster=clusterset.local, NAMESPACE SERVICE ENDPOINT_SLICE SERVICE_IMPORT",
  })
  void needsOnlyTheKindsThatItsOptionsUse(String options, String kinds) {
    assertThat(OptionsText.parse(options).kinds())
        .extracting(Kind::name)
        .containsExactlyInAnyOrder(kinds.split(" ", -1));
  }
}
