package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.made.AddressRange;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.source.object.ManifestOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Services as their authors write them get the addresses that an API server would give them.
final class MadeServicesTest {
  private static String service(String name, String spec) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %s, namespace: shop}
    spec: {%s}
    """
        .formatted(name, spec);
  }

  private static String service(String name) {
    return service(name, "ports: [{port: 80}]");
  }

  private static ManifestOptions ranges(String ranges) {
    List<AddressRange> all = Arrays.stream(ranges.split(",")).map(AddressRange::parse).toList();
    return ManifestTestbed.ALL.with(MadeOptions.NONE.withServices(all));
  }

  /// Each Service with its addresses.
  private static Map<String, String> addresses(ManifestTestbed testbed) {
    Map<String, String> addresses = new TreeMap<>();
    for (Service service : testbed.sink().all(Service.class)) {
      addresses.put(service.key().toString(), texts(service.clusterIps()));
    }
    return addresses;
  }

  private static String texts(List<IpAddress> addresses) {
    return String.join(" ", addresses.stream().map(IpAddress::toString).toList());
  }

  private static List<IpAddress> addressesOf(ManifestTestbed testbed, String name) {
    return testbed.sink().all(Service.class).stream()
        .filter(service -> service.key().name().equals(name))
        .findFirst()
        .orElseThrow()
        .clusterIps();
  }

  /// A row: the fact; the cluster's ranges; the Service; its addresses, `*` for one of that family
  /// made up.
  @ParameterizedTest(name = "{0}: {2} in {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no cluster IP | 10.96.0.0/16,fd00::/112 | ports: [{port: 80}] | 10.96.*
          an empty one is none | 10.96.0.0/16 | clusterIP: "", ports: [{port: 80}] | 10.96.*
          the first range's family | fd00::/112,10.96.0.0/16 | ports: [{port: 80}] | fd00::*
          external name don't get ClusterIPs | 10.96.0.0/16 | type: ExternalName, externalName: a.b | ``
          headless don't get ClusterIPs | 10.96.0.0/16 | clusterIP: None, ports: [{port: 80}] | ``
          NodePort has one | 10.96.0.0/16 | type: NodePort, ports: [{port: 80}] | 10.96.*
          LoadBalancer has one | 10.96.0.0/16 | type: LoadBalancer, ports: [{port: 80}] | 10.96.*
          as it is given | 10.96.0.0/16 | clusterIP: 10.96.0.7, ports: [{port: 80}] | 10.96.0.7
          outside the range | 10.96.0.0/16 | clusterIP: 172.20.0.7, ports: [{port: 80}] | 172.20.0.7
          RequireDualStack | 10.96.0.0/16,fd00::/112 | ipFamilyPolicy: RequireDualStack, ports: [{port: 80}] | 10.96.* fd00::*
          PreferDualStack | 10.96.0.0/16,fd00::/112 | ipFamilyPolicy: PreferDualStack, ports: [{port: 80}] | 10.96.* fd00::*
          PreferDualStack in one family | 10.96.0.0/16 | ipFamilyPolicy: PreferDualStack, ports: [{port: 80}] | 10.96.*
          the family that is asked for | 10.96.0.0/16,fd00::/112 | ipFamilies: [IPv6], ports: [{port: 80}] | fd00::*
          the order of ipFamilies | 10.96.0.0/16,fd00::/112 | ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6, IPv4], ports: [{port: 80}] | fd00::* 10.96.*
          one of two is given | 10.96.0.0/16,fd00::/112 | ipFamilyPolicy: RequireDualStack, clusterIP: 10.96.0.7, ports: [{port: 80}] | 10.96.0.7 fd00::*
          one of two is given | 10.96.0.0/16,fd00::/112 | ipFamilyPolicy: RequireDualStack, clusterIP: "fd00::7", ports: [{port: 80}] | fd00::7 10.96.*
          printed by a cluster of one family | 10.96.0.0/16,fd00::/112 | ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4], clusterIPs: [10.96.0.7], ports: [{port: 80}] | 10.96.0.7
          """)
  void getWhatTheyLack(String fact, String ranges, String spec, String expected) {
    var testbed = ManifestTestbed.of(ranges(ranges), service("web", spec));
    assertThat(testbed.problems()).isEmpty();
    assertThat(addresses(testbed).get("shop/web"))
        .matches(expected.replace(".", "\\.").replace("*", "[0-9a-f.]+"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ipFamilyPolicy: RequireDualStack | IPv6
          ipFamilies: [IPv6] | IPv6
          ipFamilyPolicy: RequireDualStack, clusterIP: 'fd00::7' | no range
          """)
  void areRefusedWhereThereIsNoRangeOfTheFamily(String spec, String fault) {
    String text = service("web", spec + ", ports: [{port: 80}]");
    if (fault.equals("no range")) {
      assertThat(ManifestTestbed.of(ranges("10.96.0.0/16"), text).problems()).isEmpty();
      return;
    }
    var testbed = ManifestTestbed.of(ranges("10.96.0.0/16"), text);
    assertThat(testbed.problems())
        .singleElement()
        .asString()
        .contains("the Service needs an " + fault + " address", "add one to service_cidr");
    assertThat(addresses(testbed)).doesNotContainKey("shop/web");
  }

  @Test
  void nobodyGetsOneWhereNobodyAskedForIt() {
    var testbed = ManifestTestbed.of(service("web"));
    assertThat(addresses(testbed)).isEqualTo(Map.of("shop/web", ""));
    assertThat(testbed.made()).isEmpty();
  }

  @Test
  void theApiServersServiceHasTheFirstAddressAndTheDnsServersTheTenth() {
    var testbed =
        ManifestTestbed.of(
            ManifestTestbed.MADE,
            service("kube-dns").replace("namespace: shop", "namespace: kube-system"));
    assertThat(addresses(testbed))
        .isEqualTo(Map.of("default/kubernetes", "10.96.0.1", "kube-system/kube-dns", "10.96.0.10"));
    assertThat(testbed.sink().all(Service.class).getFirst().ports())
        .containsExactly(new ClusterObject.Port("https", "tcp", 443));
    assertThat(testbed.ids()).contains("NAMESPACE default");
    assertThat(testbed.made()).isEqualTo("2 Services have made-up addresses from 10.96.0.0/16");
  }

  /// A cluster that prints its Services prints this one too, or it was left out on purpose.
  @Test
  void theApiServersServiceIsMadeWhereItIsNeeded() {
    String given = service("web", "clusterIP: 10.96.0.7, ports: [{port: 80}]");
    var testbed = ManifestTestbed.of(ManifestTestbed.MADE, given);
    assertThat(testbed.ids()).containsExactly("NAMESPACE shop", "SERVICE shop/web");

    testbed.put("b.yaml", service("db"));
    assertThat(testbed.ids()).contains("NAMESPACE default", "SERVICE default/kubernetes");

    testbed.put(
        "c.yaml",
        service("kubernetes", "clusterIP: 10.96.0.99, ports: [{port: 443}]")
            .replace("namespace: shop", "namespace: default"));
    assertThat(addresses(testbed)).containsEntry("default/kubernetes", "10.96.0.99");

    testbed.put("c.yaml", "");
    assertThat(addresses(testbed)).containsEntry("default/kubernetes", "10.96.0.1");

    testbed.put("b.yaml", "");
    assertThat(testbed.ids()).containsExactly("NAMESPACE shop", "SERVICE shop/web");
    assertThat(ManifestTestbed.of(ranges("10.0.0.0/24"), given).ids())
        .contains("SERVICE default/kubernetes");
  }

  @Test
  void givenAddressesComeFirst() {
    String own =
        addresses(ManifestTestbed.of(ranges("10.0.0.0/24"), service("web"))).get("shop/web");
    String taken = service("other", "clusterIP: %s, ports: [{port: 80}]".formatted(own));
    for (String first : List.of("a.yaml", "z.yaml")) {
      var testbed = new ManifestTestbed(ranges("10.0.0.0/24"));
      testbed.put(Map.of("m.yaml", service("web"), first, taken));
      assertThat(addresses(testbed)).containsEntry("shop/other", own);
      assertThat(addresses(testbed).get("shop/web")).startsWith("10.0.0.").isNotEqualTo(own);
      assertThat(testbed.problems()).isEmpty();
    }
  }

  /// As at the API server, where the address is allocated by then.
  @Test
  void anAddressThatIsInUseIsNotGivenUpForOneThatAsksForIt() {
    var testbed = ManifestTestbed.of(ManifestTestbed.MADE, service("web"));
    Map<String, String> before = addresses(testbed);
    String own = before.get("shop/web");

    testbed.put("b.yaml", service("other", "clusterIP: %s, ports: [{port: 80}]".formatted(own)));
    assertThat(addresses(testbed)).isEqualTo(before);
    assertThat(testbed.problems())
        .containsExactly(
            "b.yaml:4:19: cluster IP %s of Service shop/other belongs to Service shop/web (a.yaml:3);"
                    .formatted(own)
                + " give one of them another");

    testbed.put("a.yaml", "");
    assertThat(addresses(testbed)).containsEntry("shop/other", own);
    assertThat(testbed.problems()).isEmpty();
  }

  /// The API server's own is no exception.
  @Test
  void theFirstAddressIsTheApiServersUnlessAServiceHasItAtTheStart() {
    String first = service("first", "clusterIP: 10.96.0.1, ports: [{port: 80}]");
    var testbed = ManifestTestbed.of(ManifestTestbed.MADE, service("web"), first);
    assertThat(addresses(testbed)).containsEntry("default/kubernetes", "10.96.0.1").hasSize(2);
    assertThat(testbed.problems())
        .singleElement()
        .asString()
        .contains("belongs to Service default/kubernetes (made up)");

    var started = new ManifestTestbed(ManifestTestbed.MADE);
    started.put(Map.of("a.yaml", service("web"), "b.yaml", first));
    assertThat(addresses(started)).containsEntry("shop/first", "10.96.0.1").hasSize(3);
    assertThat(started.problems()).isEmpty();
  }

  @Test
  void whoPinsItsOwnAddressKeepsIt() {
    var testbed = ManifestTestbed.of(ManifestTestbed.MADE, service("web"));
    String own = addresses(testbed).get("shop/web");
    testbed.put("a.yaml", service("web", "clusterIP: %s, ports: [{port: 80}]".formatted(own)));
    assertThat(addresses(testbed)).isEqualTo(Map.of("shop/web", own));
    testbed.put("a.yaml", service("web"));
    assertThat(addresses(testbed)).containsEntry("shop/web", own);
  }

  @Test
  void aFullRangeIsOneProblemAndIsTriedAgain() {
    var testbed =
        ManifestTestbed.of(
            ranges("10.0.0.0/29"),
            String.join("---\n", service("a"), service("b"), service("c"), service("d")),
            String.join("---\n", service("e"), service("f"), service("g")));
    // Six addresses: the API server's, and five more.
    assertThat(addresses(testbed)).hasSize(6).doesNotContainKeys("shop/f", "shop/g");
    assertThat(testbed.problems())
        .containsExactly(
            "b.yaml:8:18: no address is left in 10.0.0.0/29 for Service shop/f and 1 more;"
                + " make service_cidr larger");

    testbed.put("a.yaml", service("b"));
    assertThat(addresses(testbed)).hasSize(5).containsKeys("shop/e", "shop/f", "shop/g");
    assertThat(testbed.problems()).isEmpty();
  }

  /// A Service that changes so that it cannot have what it needs stays what it was.
  @Test
  void aServiceThatFindsNoFurtherAddressKeepsItsLastVersion() {
    ManifestOptions options = ranges("10.0.0.0/24,fd00::/126");
    String dual = "ipFamilyPolicy: RequireDualStack, ports: [{port: %d}]";
    var testbed =
        ManifestTestbed.of(
            options,
            String.join(
                "---\n",
                service("a", dual.formatted(80)),
                service("b", dual.formatted(80)),
                service("c", dual.formatted(80))),
            service("d"));
    Map<String, String> before = addresses(testbed);
    testbed.put("b.yaml", service("d", dual.formatted(81)));
    assertThat(addresses(testbed)).isEqualTo(before);
    assertThat(testbed.problems()).singleElement().asString().contains("no address is left");

    testbed.put("a.yaml", "");
    assertThat(addresses(testbed).get("shop/d")).startsWith(before.get("shop/d") + " fd00::");
    assertThat(testbed.problems()).isEmpty();
  }

  private static String random(String name, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> service(name, "clusterIP: None, ports: [{port: 80}]");
      case 1 ->
          service(
              name,
              "clusterIP: 172.20.0.%s, ports: [{port: 80}]".formatted(name.replace("web-", "")));
      case 2 -> service(name, "ipFamilyPolicy: PreferDualStack, ports: [{port: 80}]");
      case 3 -> service(name, "ipFamilies: [IPv6], ports: [{port: 80}]");
      default -> service(name, "ports: [{port: %d}]".formatted(1 + random.nextInt(1_000)));
    };
  }

  /// A running server is told of no other object; at the next start one that stood at the address
  /// has another.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneMoreServiceChangesOnlyItsOwn(long seed) {
    var random = new Random(seed);
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      files.put("web-%d.yaml".formatted(i), random("web-" + i, random));
    }
    ManifestOptions options = ManifestTestbed.MADE;
    var running = new ManifestTestbed(options).put(files);
    List<ClusterObject> before = running.objects();
    for (int i = 0; i < 12; i++) {
      String more = service("more-" + i);
      running.put("more.yaml", more);
      List<ClusterEvent> told = running.sink().batches().getLast();
      assertThat(told).singleElement().asString().contains("key=shop/more-" + i + ",");

      Map<String, String> all = new HashMap<>(files);
      all.put("more.yaml", more);
      var started = new ManifestTestbed(options).put(all);
      assertThat(started.objects()).hasSize(before.size() + 1);
      List<IpAddress> taken = addressesOf(started, "more-" + i);
      assertThat(before)
          .allMatch(object ->
              started.objects().contains(object)
                  || (object instanceof Service service
                      && service.clusterIps().stream().anyMatch(taken::contains)));

      running.put("more.yaml", "");
      assertThat(running.objects()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void equalFilesAreEqualClustersInAnyOrder(long seed) {
    var random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      texts.add(random("web-" + i, random));
    }
    ManifestOptions options = ranges("10.96.0.0/24,fd00::/120");
    List<ClusterObject> expected = null;
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(texts, random);
      Map<String, String> files = new LinkedHashMap<>();
      for (int i = 0; i < texts.size(); i++) {
        files.merge(
            "file-%d.yaml".formatted(i % (1 + round * 20)),
            texts.get(i),
            (a, b) -> a + "---\n" + b);
      }
      List<ClusterObject> objects = new ManifestTestbed(options).put(files).objects();
      expected = expected == null ? objects : expected;
      assertThat(objects).isEqualTo(expected);
    }
  }

  /// A running server: a change moves nobody whose Service it does not touch, whoever comes again
  /// is where it was, and all of it equals the files as they are in the end, given the same
  /// addresses.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void changesWhileServingMoveNobody(long seed) {
    var random = new Random(seed);
    var testbed = new ManifestTestbed(ranges("10.96.0.0/24,fd00::/120"));
    Map<String, String> files = new HashMap<>();
    Map<String, String> known = new HashMap<>();
    for (int step = 0; step < 150; step++) {
      Map<String, String> changes = new HashMap<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int service = random.nextInt(100);
        changes.put(
            "web-%d.yaml".formatted(service),
            random.nextInt(3) == 0 ? "" : random("web-" + service, random));
      }
      files.putAll(changes);
      testbed.put(changes);
      for (Service service : testbed.sink().all(Service.class)) {
        for (IpAddress address : service.clusterIps()) {
          String owner = service.key() + (address.isV4() ? " IPv4" : " IPv6");
          if (!address.toString().startsWith("172.")) {
            assertThat(known.merge(owner, address.toString(), (old, now) -> old))
                .as(owner)
                .isEqualTo(address.toString());
          }
        }
      }
    }
    List<ClusterObject> served = testbed.objects();
    Map<String, String> none = new HashMap<>();
    files.keySet().forEach(file -> none.put(file, ""));
    testbed.put(none);
    assertThat(addresses(testbed)).isEqualTo(Map.of("default/kubernetes", "10.96.0.1"));
    testbed.put(files);
    assertThat(testbed.objects()).isEqualTo(served);
  }
}
