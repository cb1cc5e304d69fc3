package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.Rdata;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZonesTest {
  private static Zone zone(Name apex, int serial) {
    return Zone.of(apex, new Rdata.Soa(apex, apex, serial, 7200, 1800, 86400, 5), 5);
  }

  private static Zones zones(String... apexes) {
    List<Zone> zones = new ArrayList<>();
    for (String apex : apexes) {
      zones.add(zone(Name.parse(apex), 1));
    }
    return new Zones(zones);
  }

  private static @Nullable String match(Zones zones, String name) {
    byte[] folded = Name.parse(name).toFoldedWire();
    byte[] inside = new byte[folded.length + 20];
    System.arraycopy(folded, 0, inside, 9, folded.length);
    Zone zone = zones.longestMatch(inside, 9, folded.length);
    return zone == null ? null : zone.apex().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "web.shop.svc.cluster.local., cluster.local.",
    "cluster.local., cluster.local.",
    "CLUSTER.Local., cluster.local.",
    "notcluster.local.,",
    "www.notcluster.local.,",
    "local.,",
    ".,",
    "cluster.local.example.,",
    "x\\007cluster.local.,",
    "a.deep.cluster.local., Deep.cluster.local.",
    "notdeep.cluster.local., cluster.local.",
    "1.2.96.10.in-addr.arpa., 96.10.in-addr.arpa.",
    "1.2.97.10.in-addr.arpa.,"
  })
  void matchesTheLongestApexByLabels(String name, @Nullable String apex) {
    assertThat(match(zones("cluster.local.", "Deep.cluster.local.", "96.10.in-addr.arpa."), name))
        .isEqualTo(apex);
  }

  @Test
  void matchesTheRootZoneLast() {
    assertThat(match(zones(".", "local."), "a.local.")).isEqualTo("local.");
    assertThat(match(zones(".", "local."), "a.example.")).isEqualTo(".");
    assertThat(match(zones("."), ".")).isEqualTo(".");
    assertThat(match(Zones.NONE, "a.")).isNull();
  }

  @Test
  void agreesWithASearchThroughAllZones() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<Name> apexes =
          random.ints(5, 0, 10_000).mapToObj(n -> randomName(new Random(n))).distinct().toList();
      Zones zones = new Zones(apexes.stream().map(apex -> zone(apex, 1)).toList());
      Name name = randomName(random);
      String expected =
          apexes.stream()
              .filter(name::isAtOrBelow)
              .max((a, b) -> Integer.compare(a.labelCount(), b.labelCount()))
              .map(Name::toString)
              .orElse(null);

      assertThat(match(zones, name.toString()))
          .as("seed %d, %s in %s", seed, name, apexes)
          .isEqualTo(expected);
    }
  }

  private static Name randomName(Random random) {
    Name name = Name.ROOT;
    for (int labels = random.nextInt(5); labels > 0; labels--) {
      name = name.child(List.of("a", "b", "ab", "ba").get(random.nextInt(4)));
    }
    return name;
  }

  @Test
  void refusesTwoZonesOfOneApex() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> zones("cluster.local.", "CLUSTER.local."))
        .withMessageContaining("CLUSTER.local.");
  }

  @Test
  void publishesAllZonesAtOnce() {
    Zones first = zones("a.");
    Zones second = zones("a.", "b.");
    var table = new ZoneTable(first);

    assertThat(table.current()).isSameAs(first);
    table.publish(second);
    assertThat(table.current()).isSameAs(second);
  }
}
