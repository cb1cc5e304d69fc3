package io.clusterzone.k8s.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterEvent.Put;
import io.clusterzone.k8s.model.ClusterEvent.Restored;
import io.clusterzone.k8s.model.ClusterEvent.Synced;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Edit;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.Zones;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonePublisherTest {
  private static final String CLUSTER = "cluster.local.";
  private static final String IPV4 = "in-addr.arpa.";
  private static final String IPV6 = "ip6.arpa.";
  private static final String BASE =
      """
      namespace shop
      service shop/web 10.96.0.1 http:tcp:80
      headless shop/db
      slice shop/db-1 of=db at=10.1.0.1/hostname=a/pod=p pg:tcp:5432
      """;

  private final List<String> published = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private long unixSeconds = 1000;

  private final ZoneListener listener =
      new ZoneListener() {
        @Override
        public void published(List<Edit> edits) {
          edits.forEach(edit -> published.add(edit.zone().apex().toString()));
        }

        @Override
        public void skipped(Kind kind, ObjectKey key, String reason) {
          skipped.add(kind + " " + key + ": " + reason);
        }

        @Override
        public void failed(Kind kind, ObjectKey key, RuntimeException cause) {
          failed.add(kind + " " + key);
        }
      };

  @Test
  void startsWithTheUnixTimeAsSerial() {
    ZonePublisher publisher = publisher("");
    assertThat(serial(publisher, CLUSTER)).isEqualTo(1000);
    assertThat(serial(publisher, IPV4)).isEqualTo(1000);
    assertThat(publisher.table().current().all()).noneMatch(Zone::synced);
  }

  @Test
  void onlyAZoneThatChangesGetsANewSerial() {
    ZonePublisher publisher = publisher("");
    unixSeconds = 2000;
    apply(publisher, BASE);
    assertThat(serial(publisher, CLUSTER)).isEqualTo(2000);
    assertThat(serial(publisher, IPV4)).isEqualTo(2000);
    assertThat(serial(publisher, IPV6)).isEqualTo(1000);
    assertThat(published).containsExactly(CLUSTER, IPV4);
  }

  /// A Service with thousands of endpoints may change each second.
  @Test
  void whatIsLeftOutIsToldOnceAndInPart() {
    ZonePublisher publisher = publisher("");
    String slice =
        IntStream.range(0, 30)
            .mapToObj(i -> "at=10.1.0.%d/hostname=*%d".formatted(i, i))
            .collect(Collectors.joining(" ", "slice shop/db-1 of=db ", ""));
    apply(publisher, "namespace shop\nheadless shop/db\n" + slice);
    assertThat(skipped)
        .hasSize(11)
        .last()
        .isEqualTo("SERVICE shop/db: and 20 more parts of it have no record");
    skipped.clear();
    apply(publisher, slice + " at=10.1.1.1");
    assertThat(skipped).isEmpty();
    apply(publisher, slice + " at=10.1.1.1/hostname=" + "x".repeat(1000));
    assertThat(skipped).hasSize(1).first().asString().contains("10.1.1.1").hasSizeLessThan(200);
  }

  /// CoreDNS's serial is blind to a change of cluster IPs or of the type (D25).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "service shop/web 10.96.0.2 http:tcp:80",
        "service shop/web 10.96.0.1 fd00::1 http:tcp:80",
        "service shop/web 10.96.0.1 http:tcp:81",
        "headless shop/web http:tcp:80",
        "external shop/web example.com",
        "remove service shop/web",
        "remove namespace shop",
        "namespace other",
        "slice shop/db-1 of=db at=10.1.0.1/hostname=a/pod=p pg:tcp:5433",
        "slice shop/db-1 of=db at=10.1.0.2/hostname=a/pod=p pg:tcp:5432",
        "slice shop/db-1 of=db at=10.1.0.1/hostname=b/pod=p pg:tcp:5432",
        "slice shop/db-1 of=db at=10.1.0.1/pod=q pg:tcp:5432",
        "remove slice shop/db-1",
        "import shop/web 10.112.0.1 http:tcp:80",
        "pod shop/p 10.1.0.1",
      })
  void eachVisibleChangeMovesTheSerial(String change) {
    ZonePublisher publisher = publisher("pods=verified multicluster=clusterset.local");
    apply(publisher, BASE);
    published.clear();
    unixSeconds = 3000;
    apply(publisher, change);
    assertThat(published).isNotEmpty();
    for (Zone zone : publisher.table().current().all()) {
      boolean changed = published.contains(zone.apex().toString());
      assertThat(zone.serial() == 3000).as("%s", zone).isEqualTo(changed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "namespace shop",
        "service shop/web 10.96.0.1 http:tcp:80",
        "slice shop/db-1 of=db at=10.1.0.1/hostname=a/pod=other pg:tcp:5432",
        "slice shop/db-1 of=db at=10.1.0.1/hostname=a at=10.1.0.9/unready pg:tcp:5432",
        "slice shop/orphan of=nobody at=10.1.0.1",
        "service absent/web 10.96.0.9",
        "pod shop/p 10.1.0.1",
        "import shop/web 10.112.0.1 http:tcp:80",
        "remove service shop/absent",
        "remove namespace absent",
        "remove pod shop/absent",
      })
  void whatDnsDoesNotShowMovesNoSerial(String change) {
    ZonePublisher publisher = publisher("");
    apply(publisher, BASE);
    Zones before = publisher.table().current();
    published.clear();
    unixSeconds = 3000;
    apply(publisher, change);
    assertThat(published).isEmpty();
    for (Zone zone : publisher.table().current().all()) {
      assertThat(before.all()).contains(zone);
    }
  }

  @Test
  void aBatchBecomesVisibleAsOne() {
    ZonePublisher publisher = publisher("");
    Zones before = publisher.table().current();
    apply(publisher, BASE);
    Zones after = publisher.table().current();
    assertThat(content(before, "web.shop.svc.cluster.local")).isFalse();
    assertThat(content(before, "1.0.96.10.in-addr.arpa")).isFalse();
    assertThat(content(after, "web.shop.svc.cluster.local")).isTrue();
    assertThat(content(after, "1.0.96.10.in-addr.arpa")).isTrue();
    assertThat(published).containsExactly(CLUSTER, IPV4);
  }

  /// RFC 1982 section 3.2: serials are compared on a circle.
  @ParameterizedTest
  @CsvSource({
    "1000, 1001, 1001",
    "1000, 1000, 1001",
    "1000, 999, 1001",
    "2147483647, 2147483648, 2147483648",
    "4294967295, 4294967296, 0",
    "4294967295, 5, 5",
    "10, 4294967295, 11",
    "4294967290, 4294967301, 5",
  })
  void theSerialNeverGoesBack(long previous, long unixTime, long next) {
    assertThat(Integer.toUnsignedLong(ZoneEdits.nextSerial((int) previous, unixTime)))
        .isEqualTo(next);
  }

  @Test
  void aClockThatStepsBackDoesNotTakeTheSerialAlong() {
    ZonePublisher publisher = publisher("");
    apply(publisher, "namespace a");
    unixSeconds = 10;
    apply(publisher, "namespace b");
    apply(publisher, "namespace c");
    assertThat(serial(publisher, CLUSTER)).isEqualTo(1003);
  }

  @Test
  void isSyncedOnceAllNeededKindsAre() {
    ZonePublisher publisher = publisher("");
    publisher.apply(List.of(new Synced(Kind.NAMESPACE), new Synced(Kind.SERVICE)));
    assertThat(publisher.synced()).isFalse();
    publisher.apply(List.of(new Synced(Kind.ENDPOINT_SLICE)));
    assertThat(publisher.synced()).isTrue();
    assertThat(publisher.table().current().all()).allMatch(Zone::synced);
    assertThat(serial(publisher, CLUSTER)).isEqualTo(1000);
  }

  @Test
  void isStaleFromARestoredStateUntilEveryKindIsSynced() {
    ZonePublisher publisher = publisher("");
    var kinds = List.of(Kind.NAMESPACE, Kind.SERVICE, Kind.ENDPOINT_SLICE);
    publisher.apply(kinds.stream().<ClusterEvent>map(Restored::new).toList());
    assertThat(publisher.known()).isTrue();
    assertThat(publisher.synced()).isFalse();
    assertThat(publisher.table().current().all()).allMatch(zone -> zone.synced() && zone.stale());
    publisher.apply(List.of(new Synced(Kind.NAMESPACE), new Synced(Kind.SERVICE)));
    assertThat(publisher.table().current().all()).allMatch(Zone::stale);
    publisher.apply(List.of(new Synced(Kind.ENDPOINT_SLICE)));
    assertThat(publisher.synced()).isTrue();
    assertThat(publisher.table().current().all()).allMatch(zone -> zone.synced() && !zone.stale());
    assertThat(serial(publisher, CLUSTER)).as("the content is the same").isEqualTo(1000);
  }

  /// A kind that was not restored is not known: nothing is denied, and what is answered is marked.
  @Test
  void isStaleAndNotSyncedWhileItIsRestored() {
    ZonePublisher publisher = publisher("");
    publisher.apply(List.of(new Restored(Kind.NAMESPACE), new Synced(Kind.SERVICE)));
    assertThat(publisher.known()).isFalse();
    assertThat(publisher.table().current().all()).allMatch(zone -> !zone.synced() && zone.stale());
  }

  @Test
  void anObjectThatBreaksAnInvariantDoesNotKeepOthersBack() {
    ZonePublisher publisher = publisher("");
    apply(publisher, BASE);
    List<ClusterEvent> batch = new ArrayList<>(ClusterText.events("service shop/a 10.96.0.8"));
    batch.add(new Put(broken()));
    batch.addAll(ClusterText.events("service shop/z 10.96.0.9"));
    publisher.apply(batch);
    assertThat(failed).containsExactly("SERVICE shop/web");
    assertThat(content(publisher, "a.shop.svc.cluster.local")).isTrue();
    assertThat(content(publisher, "z.shop.svc.cluster.local")).isTrue();
    assertThat(content(publisher, "_http._tcp.web.shop.svc.cluster.local")).isTrue();
    apply(publisher, "service shop/web 10.96.0.7 https:tcp:443");
    assertThat(content(publisher, "_http._tcp.web.shop.svc.cluster.local")).isFalse();
    assertThat(content(publisher, "_https._tcp.web.shop.svc.cluster.local")).isTrue();
    assertThat(content(publisher, "1.0.96.10.in-addr.arpa")).isFalse();
    assertThat(content(publisher, "7.0.96.10.in-addr.arpa")).isTrue();
  }

  /// What no source should ever hand over.
  @SuppressWarnings("NullAway")
  private static Service broken() {
    return new Service(
        new ObjectKey("shop", "web"),
        Service.Type.CLUSTER_IP,
        List.of(IpAddress.parse("10.96.0.6")),
        List.of(new Port(null, "tcp", 80)),
        "");
  }

  /// An RRset has at most 65535 records: the rest is left out and told of, and nothing of what the
  /// Service was before stays.
  @Test
  void aServiceThatDoesNotFitIsPublishedAsFarAsItFits() {
    ZonePublisher publisher = publisher("zonal");
    apply(publisher, BASE);
    StringBuilder slice = new StringBuilder("slice shop/db-1 of=db pg:tcp:5432");
    IntStream.range(0, 70_000)
        .forEach(i -> slice.append(" at=").append(IpAddress.v4(0x0a000000 + i)).append("/zone=z"));
    apply(publisher, slice.toString());
    assertThat(failed).isEmpty();
    assertThat(skipped)
        .containsExactlyInAnyOrder(
            "SERVICE shop/db: only 65535 of 70000 A records fit in one RRset",
            "SERVICE shop/db: only 65535 of 70000 SRV records fit in one RRset");
    for (String owner : List.of("db", "_pg._tcp.db", "z.pin._zone.db", "z.prefer._zone.db")) {
      assertThat(recordCounts(publisher, owner + ".shop.svc.cluster.local"))
          .as(owner)
          .containsExactly(65535, 65535);
    }
    assertThat(content(publisher, "a.db.shop.svc.cluster.local")).isFalse();
    assertThat(content(publisher, "10-0-0-0.db.shop.svc.cluster.local")).isTrue();
    assertThat(content(publisher, "10-1-17-111.db.shop.svc.cluster.local")).isTrue();
    apply(publisher, "remove slice shop/db-1");
    assertThat(content(publisher, "db.shop.svc.cluster.local")).isFalse();
    assertThat(content(publisher, "10-1-17-111.db.shop.svc.cluster.local")).isFalse();
  }

  /// An address may have more names than an RRset has room for: they lead back as far as they fit,
  /// and nothing else waits for them.
  @Test
  void namesOfOneAddressThatDoNotFitKeepNothingBack() {
    ZonePublisher publisher = publisher("own=10.1.0.1");
    apply(publisher, BASE);
    StringBuilder slice = new StringBuilder("slice shop/db-1 of=db pg:tcp:");
    IntStream.range(0, 70_000).forEach(i -> slice.append(" at=10.1.0.1/hostname=h").append(i));
    apply(publisher, slice.toString());
    assertThat(failed).isEmpty();
    assertThat(content(publisher, "h69999.db.shop.svc.cluster.local")).isTrue();
    assertThat(content(publisher, "1.0.1.10.in-addr.arpa")).isTrue();
    apply(publisher, "service shop/other 10.96.0.9");
    assertThat(content(publisher, "other.shop.svc.cluster.local")).isTrue();
  }

  private ZonePublisher publisher(String options) {
    return new ZonePublisher(
        OptionsText.parse(options), () -> Instant.ofEpochSecond(unixSeconds), listener);
  }

  private static void apply(ZonePublisher publisher, String lines) {
    publisher.apply(ClusterText.events(lines));
  }

  private static int serial(ZonePublisher publisher, String apex) {
    return publisher.table().current().all().stream()
        .filter(zone -> zone.apex().toString().equals(apex))
        .mapToInt(Zone::serial)
        .findFirst()
        .orElseThrow();
  }

  private static List<Integer> recordCounts(ZonePublisher publisher, String owner) {
    Zone zone = publisher.table().current().all().getFirst();
    return zone.content(Name.parse(owner)).rrsets().stream().map(r -> r.rdata().size()).toList();
  }

  private static boolean content(ZonePublisher publisher, String owner) {
    return content(publisher.table().current(), owner);
  }

  private static boolean content(Zones zones, String owner) {
    Name name = Name.parse(owner);
    return zones.all().stream()
        .filter(zone -> name.isAtOrBelow(zone.apex()))
        .anyMatch(zone -> !zone.content(name).rrsets().isEmpty());
  }
}
