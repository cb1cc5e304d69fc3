package io.clusterzone.dns.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The names that resolvers ask for, and where they stop.
///
/// resolv.conf(5): "ndots:n Sets a threshold for the number of dots which must appear in a name
/// given to res_query(3) before an initial absolute query will be made." "names with a final dot
/// are looked up as is" is RFC 1535's rule (section 3): "an initial absolute query".
final class SearchListTest {
  private static final Name ZONE = Name.parse("z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GLIBC | 5 | web          | web.ns.svc.z. web.svc.z. web.z. web.",
        "MUSL  | 5 | web          | web.ns.svc.z. web.svc.z. web.z. web.",
        "GO    | 5 | web          | web.ns.svc.z. web.svc.z. web.z. web.",
        "GLIBC | 5 | web.         | web.",
        "MUSL  | 5 | web.         | web.",
        "GO    | 5 | web.         | web.",
        // Enough dots: as it is first, and then the list; musl has no list then.
        "GLIBC | 1 | web.shop     | web.shop. web.shop.ns.svc.z. web.shop.svc.z. web.shop.z.",
        "GO    | 1 | web.shop     | web.shop. web.shop.ns.svc.z. web.shop.svc.z. web.shop.z.",
        "MUSL  | 1 | web.shop     | web.shop.",
        "GLIBC | 2 | web.shop     | web.shop.ns.svc.z. web.shop.svc.z. web.shop.z. web.shop.",
        "GLIBC | 0 | web          | web. web.ns.svc.z. web.svc.z. web.z.",
        "MUSL  | 5 | a.b.c.d.e.f  | a.b.c.d.e.f.",
      })
  void asksForAddressesInThisOrder(ResolverKind resolver, int ndots, String name, String names) {
    assertThat(names(resolver, ndots, name, true)).hasToString(names);
  }

  /// musl's `res_search` is its `res_query`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GLIBC | web.ns.svc.z. web.svc.z. web.z. web.",
        "GO    | web.ns.svc.z. web.svc.z. web.z. web.",
        "MUSL  | web.",
      })
  void asksForOtherTypesInThisOrder(ResolverKind resolver, String names) {
    assertThat(names(resolver, 5, "web", false)).hasToString(names);
  }

  private static String names(ResolverKind resolver, int ndots, String name, boolean addresses) {
    return String.join(
        " ",
        SearchList.of(resolver, ndots, "ns", ZONE).candidates(name, addresses).stream()
            .map(candidate -> candidate.name().toString())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GLIBC | ANSWER NODATA     | FOUND",
        "MUSL  | ANSWER NODATA     | FOUND",
        "GO    | ANSWER NODATA     | FOUND",
        "GLIBC | NXDOMAIN NXDOMAIN | NEXT",
        "MUSL  | NXDOMAIN NXDOMAIN | NEXT",
        "GO    | NXDOMAIN NXDOMAIN | NEXT",
        // A name without addresses ends the search of musl alone.
        "GLIBC | NODATA NODATA     | NEXT",
        "MUSL  | NODATA NODATA     | STOP",
        "GO    | NODATA NODATA     | NEXT",
        "GLIBC | SERVFAIL SERVFAIL | NEXT",
        "MUSL  | SERVFAIL SERVFAIL | STOP",
        "GO    | SERVFAIL SERVFAIL | NEXT",
        // REFUSED is a failure of the server to all but Go, which tries whatever is left.
        "GLIBC | REFUSED REFUSED   | AS_IS",
        "MUSL  | REFUSED REFUSED   | STOP",
        "GO    | REFUSED REFUSED   | NEXT",
        "GLIBC | NO_REPLY NO_REPLY | AS_IS",
        "MUSL  | NO_REPLY NO_REPLY | STOP",
        "GO    | NO_REPLY NO_REPLY | NEXT",
        // To musl the failure of one family is that of both.
        "GLIBC | ANSWER SERVFAIL   | FOUND",
        "MUSL  | ANSWER SERVFAIL   | STOP",
        "GO    | ANSWER SERVFAIL   | FOUND",
        "MUSL  | ANSWER NXDOMAIN   | NEXT",
      })
  void goesOnAfter(ResolverKind resolver, String outcomes, ResolverKind.Then then) {
    List<Outcome> replies = Arrays.stream(outcomes.split(" ")).map(Outcome::valueOf).toList();
    assertThat(resolver.after(replies)).isEqualTo(then);
  }

  /// 255 octets are the most (RFC 1035 section 2.3.4); `a.` is two of them.
  @Test
  void leavesOutDomainsThatMakeTheNameTooLong() {
    String name = "a.".repeat(124) + "a";
    assertThat(SearchList.of(ResolverKind.GO, 15, "ns", ZONE).candidates(name, true))
        .extracting(candidate -> candidate.name().length())
        .containsExactly(251, 253);
  }
}
