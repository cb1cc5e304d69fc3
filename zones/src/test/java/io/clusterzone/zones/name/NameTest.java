package io.clusterzone.zones.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.TextParseException;

final class NameTest {
  private static final String LABEL_63 = "x".repeat(63);
  private static final String NAME_255 =
      String.join(".", LABEL_63, LABEL_63, LABEL_63, "x".repeat(61)) + ".";

  private static org.xbill.DNS.Name independent(Name name) {
    try {
      return new org.xbill.DNS.Name(name.toString());
    } catch (TextParseException e) {
      throw new AssertionError(name.toString(), e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "cluster.local.",
        "Web.SHOP.svc.cluster.local.",
        "_https._tcp.web.shop.svc.cluster.local.",
        "10-1-2-3.shop.pod.cluster.local.",
        "3.2.1.10.in-addr.arpa.",
        "007.example.",
        "*.example.",
        "a\\.b.example.",
        "a\\032b.example.",
        "\\000\\255.example.",
        "\\\"\\;\\(\\)\\@\\$\\\\.example."
      })
  void writesNamesAsItReadsThem(String text) throws TextParseException {
    Name name = Name.parse(text);

    assertThat(name).hasToString(text);
    assertThat(name.toWire()).isEqualTo(new org.xbill.DNS.Name(text).toWire());
    assertThat(Name.ofWire(name.toWire(), 0)).isEqualTo(name).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"a.b, a.b.", "\\097.b., a.b.", "\\a\\-b., a-b.", "ü., \\195\\188."})
  void readsOtherSpellings(String text, String canonical) {
    assertThat(Name.parse(text)).hasToString(canonical);
  }

  static Stream<String> noNames() {
    return Stream.of(
        "",
        "..",
        ".a.",
        "a..b.",
        "a\\",
        "a\\1",
        "a\\12.",
        "a\\1x3.",
        "\\256.",
        "x" + LABEL_63 + ".",
        "x" + NAME_255);
  }

  @ParameterizedTest
  @MethodSource("noNames")
  void refusesWhatIsNoName(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Name.parse(text));
  }

  /// RFC 1035 section 2.3.4: labels 63 octets or less, names 255 octets or less.
  @Test
  void holdsNamesUpToTheLimits() {
    Name longest = Name.parse(NAME_255);

    assertThat(longest.length()).isEqualTo(255);
    assertThat(Name.ofWire(longest.toWire(), 0)).isEqualTo(longest);
    assertThatIllegalArgumentException().isThrownBy(() -> longest.child("x"));
    assertThatIllegalArgumentException().isThrownBy(() -> Name.ROOT.child(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Name.ROOT.child("x" + LABEL_63));
    assertThat(Name.ROOT.child(LABEL_63)).isEqualTo(Name.parse(LABEL_63));
  }

  @Test
  void refusesWireFormsThatDoNotEnd() {
    byte[] whole = Name.parse("ab.cd.").toWire();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> Name.ofWire(cut, 0));
    }
    byte[] pointer = {1, 'a', (byte) 0xc0, 0};
    assertThatIllegalArgumentException().isThrownBy(() -> Name.ofWire(pointer, 0));
    byte[] tooLong = new byte[257];
    for (int at = 0; at < 256; at += 64) {
      tooLong[at] = 63;
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Name.ofWire(tooLong, 0));
  }

  /// RFC 4343 section 3: names compare as if their ASCII letters had one case.
  @Test
  void comparesWithoutCaseAndKeepsTheSpelling() {
    Name mixed = Name.parse("wEb.Cluster.LOCAL.");
    Name lower = Name.parse("web.cluster.local.");

    assertThat(mixed).isEqualTo(lower).hasSameHashCodeAs(lower).isEqualByComparingTo(lower);
    assertThat(mixed).hasToString("wEb.Cluster.LOCAL.");
    assertThat(mixed.folded()).hasToString("web.cluster.local.");
    assertThat(mixed.toFoldedWire()).isEqualTo(lower.toWire());
    assertThat(Name.parse("\\192.")).isNotEqualTo(Name.parse("\\224."));
    assertThat(Name.parse("[.")).isNotEqualTo(Name.parse("{."));
  }

  @ParameterizedTest
  @CsvSource({
    "web.cluster.local., cluster.local., true",
    "cluster.local., Cluster.Local., true",
    "cluster.local., ., true",
    "., ., true",
    "cluster.local., web.cluster.local., false",
    "notcluster.local., cluster.local., false",
    "a.cluster.local.other., cluster.local., false",
    "x\\007cluster.local., cluster.local., false"
  })
  void isBelowByWholeLabels(String name, String ancestor, boolean expected) {
    assertThat(Name.parse(name).isAtOrBelow(Name.parse(ancestor))).isEqualTo(expected);
  }

  @Test
  void walksUpToTheRoot() {
    Name name = Name.parse("a\\.b.cluster.local.");

    assertThat(name.labelCount()).isEqualTo(3);
    assertThat(name.parent()).hasToString("cluster.local.");
    assertThat(name.parent().parent().parent()).isEqualTo(Name.ROOT);
    assertThat(Name.ROOT.parent()).isEqualTo(Name.ROOT);
    assertThat(Name.ROOT.labelCount()).isZero();
    assertThat(name.parent().child("a.b")).isEqualTo(name);
  }

  /// The example of RFC 4034 section 6.1.
  @Test
  void sortsCanonically() {
    List<String> sorted =
        List.of(
            "example.",
            "a.example.",
            "yljkjljk.a.example.",
            "Z.a.example.",
            "zABC.a.EXAMPLE.",
            "z.example.",
            "\\001.z.example.",
            "*.z.example.",
            "\\200.z.example.");

    assertThat(sorted.reversed().stream().map(Name::parse).sorted().map(Name::toString))
        .containsExactlyElementsOf(sorted);
  }

  @Test
  void agreesWithAnIndependentImplementationOnRandomNames() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      Name a = randomName(random);
      Name b = random.nextBoolean() ? randomName(random) : new Name[] {a.parent(), a}[i % 2];
      String where = "seed " + seed + ": " + a + " and " + b;
      var independentA = independent(a);
      var independentB = independent(b);

      assertThat(independentA.toWire()).as(where).isEqualTo(a.toWire());
      assertThat(Name.parse(a.toString()).toWire()).as(where).isEqualTo(a.toWire());
      assertThat(a.equals(b)).as(where).isEqualTo(independentA.equals(independentB));
      assertThat(Integer.signum(a.compareTo(b)))
          .as(where)
          .isEqualTo(Integer.signum(independentA.compareTo(independentB)));
      assertThat(a.isAtOrBelow(b)).as(where).isEqualTo(independentA.subdomain(independentB));
    }
  }

  /// Few octets and short labels, so that names often share some.
  private static Name randomName(Random random) {
    Name name = Name.ROOT;
    for (int labels = random.nextInt(5); labels > 0; labels--) {
      byte[] label = new byte[1 + random.nextInt(3)];
      for (int i = 0; i < label.length; i++) {
        label[i] =
            (byte)
                (random.nextInt(4) == 0
                    ? random.nextInt(256)
                    : "aAbB.\\".charAt(random.nextInt(6)));
      }
      name = name.child(label);
    }
    return name;
  }

  @Test
  void movesThroughBuffers() {
    Name first = Name.parse("Web.shop.");
    Name second = Name.parse("a.");
    ByteBuffer buffer = ByteBuffer.allocate(40).position(3).slice();
    first.writeTo(buffer);
    second.writeTo(buffer);
    buffer.flip();

    assertThat(Name.readFrom(buffer)).hasToString("Web.shop.");
    assertThat(Name.readFrom(buffer)).hasToString("a.");
    assertThat(buffer.hasRemaining()).isFalse();
  }
}
