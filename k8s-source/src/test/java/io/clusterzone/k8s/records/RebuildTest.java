package io.clusterzone.k8s.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.Zones;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// After any sequence of events the zones equal those built from the final state, and the reverse
/// zones agree with the forward ones.
class RebuildTest {
  private static final String MULTI =
      " multicluster=clusterset.local forward=cluster.local,example.org";
  private static final int SEEDS = 12;
  private static final int BATCHES = 25;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "own=10.0.0.1,fd00::2 ttl=30" + MULTI,
        "pods=verified zonal endpoint-pod-names" + MULTI,
        "pods=insecure ignore-empty-service namespaces=shop,svc",
        "noendpoints reverse=10.0.0.0/24,10.0.0.1/32,fd00::/64",
      })
  void zonesEqualThoseOfTheFinalState(String options) {
    for (long seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var cluster = new RandomCluster(random);
      ZonePublisher publisher = publisher(options);
      for (int batch = 0; batch < BATCHES; batch++) {
        publisher.apply(events(cluster, random));
        ZonePublisher fresh = publisher(options);
        fresh.apply(cluster.everything());
        assertThat(ZoneContents.of(publisher.table().current()))
            .as("options \"%s\", seed %d, batch %d", options, seed, batch)
            .isEqualTo(ZoneContents.of(fresh.table().current()));
      }
    }
  }

  /// Two servers that saw the changes one by one and all at once, each with addresses of its own.
  @ParameterizedTest
  @ValueSource(strings = {"", "zonal endpoint-pod-names" + MULTI, "reverse=10.0.0.1/32,fd00::/64"})
  void digestsOfReplicasAreEqual(String options) {
    for (long seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var cluster = new RandomCluster(random);
      ZonePublisher one = publisher(options + " own=10.0.0.1,fd00::2");
      for (int batch = 0; batch < BATCHES; batch++) {
        one.apply(events(cluster, random));
      }
      ZonePublisher other = publisher(options + " own=10.9.9.9");
      other.apply(cluster.everything());
      assertThat(digests(one)).as("seed %d", seed).isEqualTo(digests(other));
      long before = one.table().current().all().getFirst().digest();
      one.apply(
          List.of(
              ClusterText.event("namespace shop"), ClusterText.event("service shop/new 10.7.0.1")));
      assertThat(one.table().current().all().getFirst().digest()).isNotEqualTo(before);
    }
  }

  private static List<Long> digests(ZonePublisher publisher) {
    return publisher.table().current().all().stream().map(Zone::digest).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "endpoint-pod-names zonal", "ignore-empty-service namespaces=shop"})
  void eachPtrLeadsToANameThatHoldsTheAddress(String options) {
    for (long seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var cluster = new RandomCluster(random);
      ZonePublisher publisher = publisher(options);
      for (int batch = 0; batch < BATCHES; batch++) {
        publisher.apply(events(cluster, random));
        requireConsistent(publisher.table().current(), "options " + options + ", seed " + seed);
      }
    }
  }

  private static List<ClusterEvent> events(RandomCluster cluster, Random random) {
    List<ClusterEvent> events = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      events.add(cluster.next());
    }
    return events;
  }

  private static ZonePublisher publisher(String options) {
    return new ZonePublisher(
        OptionsText.parse(options), () -> Instant.ofEpochSecond(1), new FailingListener());
  }

  /// A PTR for each address of the test's range leads back; each cluster IP has a PTR.
  private static void requireConsistent(Zones zones, String run) {
    Map<Name, Content> forward = ZoneContents.of(zones).getOrDefault(apex(), Map.of());
    for (int host = 0; host < 6; host++) {
      for (IpAddress address :
          List.of(IpAddress.v4(0x0a000000 + host), IpAddress.v6(0xfd00L << 48, host))) {
        for (Name target : pointers(zones, address)) {
          assertThat(forward.getOrDefault(target, Content.ABSENT).rrsets())
              .as("%s: %s -> %s", run, address, target)
              .anyMatch(rrset -> rrset.rdata().contains(rdata(address)));
        }
        if (isClusterIp(forward, address)) {
          assertThat(pointers(zones, address)).as("%s: %s", run, address).isNotEmpty();
        }
      }
    }
  }

  private static Name apex() {
    return Name.parse("cluster.local");
  }

  private static List<Name> pointers(Zones zones, IpAddress address) {
    Name owner = ReverseName.of(address);
    return zones.all().stream()
        .filter(zone -> owner.isAtOrBelow(zone.apex()))
        .flatMap(zone -> zone.content(owner).rrsets().stream())
        .filter(rrset -> rrset.type() == RRType.PTR)
        .flatMap(rrset -> rrset.rdata().stream())
        .map(rdata -> ((Rdata.Ptr) rdata).target())
        .toList();
  }

  /// Whether the address stands at the name of a Service, which has four labels with the zone's two
  /// and `svc` and the namespace.
  private static boolean isClusterIp(Map<Name, Content> forward, IpAddress address) {
    return forward.entrySet().stream()
        .filter(entry -> entry.getKey().labelCount() == 5)
        .filter(entry -> entry.getKey().isAtOrBelow(apex().child("svc")))
        .flatMap(entry -> entry.getValue().rrsets().stream())
        .map(RRset::rdata)
        .anyMatch(rdata -> rdata.contains(rdata(address)));
  }

  private static Rdata rdata(IpAddress address) {
    return address.isV4()
        ? new Rdata.A(address.v4Bits())
        : new Rdata.Aaaa(address.high(), address.low());
  }
}
