package io.clusterzone.k8s.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProblemLineTest {
  private static List<Problem> problems(ProblemKind kind, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new Problem(kind, "a.yaml", i, 2, "shop/s" + i, "message " + i))
        .toList();
  }

  private static List<String> lines(List<Problem> problems) {
    return ProblemLine.of(problems).stream().map(ProblemLine::toString).toList();
  }

  @Test
  void everyErrorHasALineOfItsOwn() {
    assertThat(lines(problems(ProblemKind.FIELD, 50)))
        .hasSize(50)
        .startsWith("a.yaml:1:2: message 1 [CZ0203]", "a.yaml:2:2: message 2 [CZ0203]");
  }

  @Test
  void manyOfAKindAreOneLineWithTenNames() {
    assertThat(lines(problems(ProblemKind.NO_ADDRESS, 12)))
        .singleElement()
        .asString()
        .startsWith(
            "12 Services have no address: shop/s1, shop/s2, shop/s3, shop/s4, shop/s5, shop/s6,"
                + " shop/s7, shop/s8, shop/s9, shop/s10 and 2 more; ")
        .endsWith(" [CZ0224]");
    assertThat(lines(problems(ProblemKind.NO_ADDRESS, 1)))
        .singleElement()
        .asString()
        .startsWith("1 Service has no address: shop/s1; ");
  }

  @Test
  void aFewOfSomeKindsAreToldWithTheirPlaces() {
    assertThat(lines(problems(ProblemKind.ADDRESS_TAKEN, 3))).hasSize(3);
    assertThat(lines(problems(ProblemKind.ADDRESS_TAKEN, 1000)))
        .singleElement()
        .asString()
        .startsWith("1000 Services claim addresses that are others': shop/s1, ")
        .endsWith(" [CZ0205]");
    assertThat(lines(problems(ProblemKind.DEFINED_TWICE, 3))).hasSize(3);
    assertThat(lines(problems(ProblemKind.DEFINED_TWICE, 4))).hasSize(1);
  }

  @Test
  void nothingInALineIsObeyedByATerminal() {
    var problem = new Problem(ProblemKind.NOT_OBJECT, "a\u001b", 0, 0, "b\u001b", "c\u001b");
    assertThat(lines(List.of(problem)).getFirst()).matches("[ -~]*");
    assertThat(problem.toString()).isEqualTo("a?: c?");
  }
}
