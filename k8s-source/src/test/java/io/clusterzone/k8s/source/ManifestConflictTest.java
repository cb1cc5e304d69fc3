package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterObject.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Faults between objects, and the objects served meanwhile.
class ManifestConflictTest {
  private static final String A1 = Texts.service("a", "10.96.0.1");
  private static final String A2 = Texts.service("a", "10.96.0.2");
  private static final String B1 = Texts.service("b", "10.96.0.1");
  private static final String B2 = Texts.service("b", "10.96.0.2");
  private static final String C1 = Texts.service("c", "10.96.0.1");

  private static List<String> services(ManifestTestbed testbed) {
    return testbed.sink().all(Service.class).stream()
        .map(service -> service.key().name() + "=" + service.clusterIps())
        .toList();
  }

  @Test
  void clusterIpGoesToTheFirstByPlace() {
    var testbed = ManifestTestbed.of(C1, B1 + "---\n" + A1);

    assertThat(services(testbed)).containsExactly("c=[10.96.0.1]");
    assertThat(testbed.problems())
        .containsExactly(
            "b.yaml:7:14: cluster IP 10.96.0.1 of Service shop/b belongs to Service shop/c"
                + " (a.yaml:4); give one of them another",
            "b.yaml:17:14: cluster IP 10.96.0.1 of Service shop/a belongs to Service shop/c"
                + " (a.yaml:4); give one of them another");
  }

  @Test
  void clusterIpStaysWithItsOwner() {
    var testbed = new ManifestTestbed(ManifestTestbed.ALL).put("z.yaml", B1).put("a.yaml", A1);

    assertThat(services(testbed)).containsExactly("b=[10.96.0.1]");
    assertThat(testbed.problems()).singleElement().asString().startsWith("a.yaml:7:14: ");

    testbed.put("z.yaml", "");
    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]");
    assertThat(testbed.problems()).isEmpty();
  }

  @Test
  void serviceThatTakesAnothersAddressKeepsItsLastVersion() {
    var testbed = ManifestTestbed.of(A1, B2);
    testbed.put("b.yaml", B1);

    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]", "b=[10.96.0.2]");
    assertThat(testbed.problems()).hasSize(1);

    // What it keeps is its own for as long.
    testbed.put("c.yaml", Texts.service("c", "10.96.0.2"));
    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]", "b=[10.96.0.2]");
    assertThat(testbed.problems()).hasSize(2);

    testbed.put("a.yaml", "");
    assertThat(services(testbed)).containsExactly("b=[10.96.0.1]", "c=[10.96.0.2]");
    assertThat(testbed.problems()).isEmpty();
  }

  @Test
  void servicesMaySwapAddressesInOneChange() {
    var testbed = ManifestTestbed.of(A1, B2);
    testbed.put(Map.of("a.yaml", A2, "b.yaml", B1));

    assertThat(services(testbed)).containsExactly("a=[10.96.0.2]", "b=[10.96.0.1]");
    assertThat(testbed.problems()).isEmpty();
  }

  @Test
  void addressOfAServiceThatMayNotMoveStaysItsOwn() {
    var testbed = ManifestTestbed.of(A1, B2, Texts.service("c", "10.96.0.3"));
    testbed.put(Map.of("a.yaml", Texts.service("a", "10.96.0.3"), "b.yaml", B1));

    assertThat(services(testbed))
        .containsExactly("a=[10.96.0.1]", "b=[10.96.0.2]", "c=[10.96.0.3]");
    assertThat(testbed.problems()).hasSize(2);
  }

  @Test
  void oneAddressInTwoSpellingsIsOneAddress() {
    var testbed =
        ManifestTestbed.of(
            Texts.service("a", "\"fd00::1\""), Texts.service("b", "\"FD00:0:0::0:1\""));

    assertThat(services(testbed)).containsExactly("a=[fd00::1]");
    assertThat(testbed.problems()).hasSize(1);
  }

  @Test
  void objectDefinedTwiceIsServedAsTheFirstByPlace() {
    var testbed = ManifestTestbed.of(A1, A2, A2);

    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]");
    assertThat(testbed.problems())
        .containsExactly(
            "b.yaml:4:9: Service shop/a is already defined at a.yaml:4, which is served; remove one",
            "c.yaml:4:9: Service shop/a is already defined at a.yaml:4, which is served; remove one");

    testbed.put("a.yaml", "");
    assertThat(services(testbed)).containsExactly("a=[10.96.0.2]");
    assertThat(testbed.problems()).hasSize(1);

    testbed.put("c.yaml", "");
    assertThat(testbed.problems()).isEmpty();
  }

  @Test
  void objectThatMovesToAnotherFileIsNoChange() {
    var testbed = ManifestTestbed.of(A1);
    testbed.put(Map.of("a.yaml", "", "b.yaml", A1));

    assertThat(testbed.sink().batches().getLast()).isEmpty();
    assertThat(testbed.problems()).isEmpty();
  }

  @Test
  void brokenFileKeepsItsLastGoodVersion() {
    var testbed = ManifestTestbed.of(A1 + "---\n" + B2);
    testbed.put("a.yaml", A1 + "---\n" + B2.substring(0, 40) + "\nx: [");

    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]", "b=[10.96.0.2]");
    assertThat(testbed.problems()).singleElement().asString().contains("not YAML");

    testbed.put("a.yaml", A1);
    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]");
    assertThat(testbed.problems()).isEmpty();
  }

  @Test
  void invalidObjectKeepsItsLastGoodVersionAndTheRestIsServed() {
    var testbed = ManifestTestbed.of(A1 + "---\n" + B2);
    testbed.put("a.yaml", A1.replace("port: 80", "port: 81") + "---\n" + B2.replace("80", "0"));

    assertThat(testbed.sink().all(Service.class).stream().map(s -> s.ports().getFirst().number()))
        .containsExactly(81, 80);

    // Broken in another way, it is still kept.
    testbed.put("a.yaml", A1 + "---\n" + B2.replace("80", "x"));
    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]", "b=[10.96.0.2]");

    testbed.put("a.yaml", A1);
    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]");
  }

  @Test
  void objectWhoseNameIsSpoiltMayBeAnyThatIsGone() {
    var testbed = ManifestTestbed.of(A1 + "---\n" + B2);
    testbed.put("a.yaml", A1 + "---\n" + B2.replace("name: b", "name: b_"));

    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]", "b=[10.96.0.2]");
    assertThat(testbed.problems()).hasSize(1);
  }

  @Test
  void objectThatWasNeverValidIsNotServed() {
    var testbed = ManifestTestbed.of(A1 + "---\n" + B2.replace("80", "0"));

    assertThat(services(testbed)).containsExactly("a=[10.96.0.1]");
    assertThat(testbed.ids()).contains("NAMESPACE shop");
  }
}
