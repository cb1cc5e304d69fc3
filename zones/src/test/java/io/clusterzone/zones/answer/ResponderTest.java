package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The answer to each kind of question: each row names the rule it shows.
class ResponderTest {
  private static final String SOA =
      "cluster.local. 5 IN SOA ns.dns.cluster.local. hostmaster.cluster.local."
          + " 7 7200 1800 86400 5";
  private static final String REVERSE_SOA =
      "10.in-addr.arpa. 300 IN SOA ns.dns.10.in-addr.arpa. hostmaster.10.in-addr.arpa."
          + " 7 7200 1800 86400 3600";

  record Row(
      String rule,
      String name,
      int type,
      int rcode,
      List<String> answer,
      List<String> authority,
      List<String> additional) {
    @Override
    public String toString() {
      return name + " " + Type.string(type) + ": " + rule;
    }
  }

  private static Row row(String rule, String name, int type, String... answer) {
    return new Row(rule, name, type, Rcode.NOERROR, List.of(answer), List.of(), List.of());
  }

  private static Row nodata(String rule, String name, int type, String... chain) {
    return new Row(rule, name, type, Rcode.NOERROR, List.of(chain), List.of(SOA), List.of());
  }

  private static Row nxdomain(String rule, String name, int type, String... chain) {
    return new Row(rule, name, type, Rcode.NXDOMAIN, List.of(chain), List.of(SOA), List.of());
  }

  private static final String WEB_A = "web.shop.svc.cluster.local. 5 IN A 10.96.0.1";
  private static final String ALIAS =
      "alias.shop.svc.cluster.local. 5 IN CNAME WEB.shop.svc.cluster.local.";
  private static final String END_A = "WEB.shop.svc.cluster.local. 5 IN A 10.96.0.1";

  static Stream<Row> answers() {
    return Stream.of(
        row("the records of the name and type", "web.shop.svc.cluster.local.", Type.A, WEB_A),
        row(
            "RFC 1123 2.1: a host name may start with a digit; RFC 2181 11: any octet in a label",
            "1_a.shop.svc.cluster.local.",
            Type.A,
            "1_a.shop.svc.cluster.local. 5 IN A 10.96.0.2"),
        row(
            "RFC 3596 2.2: an IPv6 address is in the data portion of AAAA",
            "v6.shop.svc.cluster.local.",
            Type.AAAA,
            "v6.shop.svc.cluster.local. 5 IN AAAA fd00:0:0:0:0:0:0:66"),
        row("RFC 1034 3.7.1: the SOA of the zone", "cluster.local.", Type.SOA, SOA),
        row(
            "reverse zone, longest match by labels",
            "1.0.96.10.in-addr.arpa.",
            Type.PTR,
            "1.0.96.10.in-addr.arpa. 5 IN PTR web.shop.svc.cluster.local."),
        new Row(
            "RFC 2782: addresses of the target in the additional section, once per target",
            "web.shop.svc.cluster.local.",
            Type.SRV,
            Rcode.NOERROR,
            List.of(
                "web.shop.svc.cluster.local. 5 IN SRV 0 100 80 web.shop.svc.cluster.local.",
                "web.shop.svc.cluster.local. 5 IN SRV 0 100 443 web.shop.svc.cluster.local."),
            List.of(),
            List.of(WEB_A)),
        new Row(
            "RFC 1035 3.3.11: NS records cause additional processing to locate an address",
            "cluster.local.",
            Type.NS,
            Rcode.NOERROR,
            List.of("cluster.local. 5 IN NS kube-dns.kube-system.svc.cluster.local."),
            List.of(),
            List.of(
                "kube-dns.kube-system.svc.cluster.local. 5 IN A 10.96.0.10",
                "kube-dns.kube-system.svc.cluster.local. 5 IN AAAA fd00:0:0:0:0:0:0:a")));
  }

  static Stream<Row> any() {
    return Stream.of(
        row("RFC 8482 4.1: one RRset", "web.shop.svc.cluster.local.", Type.ANY, WEB_A),
        row(
            "RFC 8482 4.1: the CNAME, not followed",
            "alias.shop.svc.cluster.local.",
            Type.ANY,
            ALIAS),
        row(
            "RFC 8482 4.1: one RRset of an address label",
            "10-1-2-3.shop.pod.cluster.local.",
            Type.ANY,
            "10-1-2-3.shop.pod.cluster.local. 5 IN A 10.1.2.3"),
        nodata("RFC 8482 leaves NODATA as it is", "shop.svc.cluster.local.", Type.ANY),
        nxdomain("RFC 8482 leaves NXDOMAIN as it is", "no.shop.svc.cluster.local.", Type.ANY));
  }

  static Stream<Row> negative() {
    return Stream.of(
        nodata(
            "RFC 2308 2.2: NOERROR, no relevant answers, SOA in the authority section",
            "web.shop.svc.cluster.local.",
            Type.AAAA),
        nodata("RFC 2308 2.2: a type nobody knows", "web.shop.svc.cluster.local.", 65280),
        nodata("RFC 4592 2.2.2: an empty non-terminal exists", "shop.svc.cluster.local.", Type.A),
        nodata("RFC 4592 2.2.2: _tcp above a port", "_tcp.web.shop.svc.cluster.local.", Type.SRV),
        nodata("RFC 2308 2.2: the apex has no TXT", "cluster.local.", Type.TXT),
        nodata("RFC 4035 3.1.4.1: DS at the apex belongs to the parent", "cluster.local.", Type.DS),
        nodata("RFC 4034 5: DS below", "web.shop.svc.cluster.local.", Type.DS),
        nxdomain(
            "RFC 2308 2.1: NXDOMAIN, SOA in the authority section",
            "no.shop.svc.cluster.local.",
            Type.A),
        nxdomain("RFC 2308 2.1: the same for the type SOA", "no.shop.svc.cluster.local.", Type.SOA),
        nxdomain(
            "a search path's miss",
            "web.shop.svc.cluster.local.shop.svc.cluster.local.",
            Type.AAAA),
        nxdomain("CoreDNS's wildcards are gone", "*.shop.svc.cluster.local.", Type.A),
        nxdomain("a label of 63 octets", "x".repeat(63) + ".cluster.local.", Type.A),
        new Row(
            "RFC 2308 3: the TTL is the smaller of SOA TTL and minimum; the SOA of its own zone",
            "2.0.96.10.in-addr.arpa.",
            Type.PTR,
            Rcode.NXDOMAIN,
            List.of(),
            List.of(REVERSE_SOA),
            List.of()));
  }

  static Stream<Row> aliases() {
    return Stream.of(
        row(
            "RFC 1034 3.6.2: restart at the alias's target",
            "alias.shop.svc.cluster.local.",
            Type.A,
            ALIAS,
            END_A),
        row(
            "RFC 1034 3.6.2: a chain keeps its order",
            "alias2.shop.svc.cluster.local.",
            Type.A,
            "alias2.shop.svc.cluster.local. 5 IN CNAME alias.shop.svc.cluster.local.",
            ALIAS,
            END_A),
        row(
            "RFC 1034 3.6.2: a question for CNAME is not followed",
            "alias2.shop.svc.cluster.local.",
            Type.CNAME,
            "alias2.shop.svc.cluster.local. 5 IN CNAME alias.shop.svc.cluster.local."),
        nodata(
            "RFC 1034 4.3.2 3a: the CNAME for every type; RFC 2308 2.2: NODATA of its end",
            "alias.shop.svc.cluster.local.",
            Type.HTTPS,
            ALIAS),
        nxdomain(
            "RFC 6604 3: the RCODE of the end of the chain",
            "gone.shop.svc.cluster.local.",
            Type.A,
            "gone.shop.svc.cluster.local. 5 IN CNAME missing.shop.svc.cluster.local."),
        new Row(
            "RFC 2308 2.1: the SOA of the zone of the end",
            "gone-reverse.shop.svc.cluster.local.",
            Type.A,
            Rcode.NXDOMAIN,
            List.of("gone-reverse.shop.svc.cluster.local. 5 IN CNAME 9.9.9.10.in-addr.arpa."),
            List.of(REVERSE_SOA),
            List.of()),
        row(
            "an alias of a Pod's name",
            "to-pod.shop.svc.cluster.local.",
            Type.A,
            "to-pod.shop.svc.cluster.local. 5 IN CNAME 10-1-2-3.shop.pod.cluster.local.",
            "10-1-2-3.shop.pod.cluster.local. 5 IN A 10.1.2.3"),
        row(
            "a chain that leaves our zones: what we know of it",
            "out.shop.svc.cluster.local.",
            Type.A,
            "out.shop.svc.cluster.local. 5 IN CNAME www.Example.com."));
  }

  static Stream<Row> wildcards() {
    return Stream.of(
        row(
            "RFC 4592 2.1.1: synthesized with the QNAME as owner",
            "host1.wild.shop.svc.cluster.local.",
            Type.A,
            "host1.wild.shop.svc.cluster.local. 5 IN A 10.96.0.3"),
        row(
            "RFC 4592 3.3.1: any number of labels below the closest encloser",
            "a.b.wild.shop.svc.cluster.local.",
            Type.A,
            "a.b.wild.shop.svc.cluster.local. 5 IN A 10.96.0.3"),
        row(
            "RFC 4592 2.3: asked for itself it is a name like any other",
            "*.wild.shop.svc.cluster.local.",
            Type.A,
            "*.wild.shop.svc.cluster.local. 5 IN A 10.96.0.3"),
        nodata(
            "RFC 4592 2.2.1: NODATA for other types",
            "host1.wild.shop.svc.cluster.local.",
            Type.MX),
        nodata(
            "RFC 4592 2.2.1: not for an empty non-terminal",
            "host.wild.shop.svc.cluster.local.",
            Type.A),
        nxdomain(
            "RFC 4592 2.2.1: not below a name that exists",
            "other.host.wild.shop.svc.cluster.local.",
            Type.A),
        nxdomain(
            "RFC 4592 2.2.1: not below the wildcard itself",
            "x.*.wild.shop.svc.cluster.local.",
            Type.A),
        nodata(
            "RFC 4592 2.2.1: a wildcard without records",
            "x.none.shop.svc.cluster.local.",
            Type.A));
  }

  static Stream<Row> addressLabels() {
    return Stream.of(
        row(
            "an IPv4 label",
            "10-1-2-3.shop.pod.cluster.local.",
            Type.A,
            "10-1-2-3.shop.pod.cluster.local. 5 IN A 10.1.2.3"),
        row(
            "an IPv6 label, in any case of letters",
            "FD00--1.shop.pod.cluster.local.",
            Type.AAAA,
            "FD00--1.shop.pod.cluster.local. 5 IN AAAA fd00:0:0:0:0:0:0:1"),
        nodata("the other family", "10-1-2-3.shop.pod.cluster.local.", Type.AAAA),
        nodata("RFC 2782 knows no port 0: no SRV", "10-1-2-3.shop.pod.cluster.local.", Type.SRV),
        nxdomain("not an address", "10-1-2-300.shop.pod.cluster.local.", Type.A),
        nxdomain("labels in front of it", "x.10-1-2-3.shop.pod.cluster.local.", Type.A),
        nxdomain("another namespace", "10-1-2-3.other.pod.cluster.local.", Type.A));
  }

  @ParameterizedTest
  @MethodSource({"answers", "any", "negative", "aliases", "wildcards", "addressLabels"})
  void answers(Row row) {
    Message reply = new Asker(Fixture.cluster()).ask(row.name, row.type);
    assertThat(reply.getRcode()).isEqualTo(row.rcode);
    assertThat(Asker.lines(reply, Section.ANSWER)).isEqualTo(row.answer);
    assertThat(Asker.lines(reply, Section.AUTHORITY)).isEqualTo(row.authority);
    assertThat(Asker.lines(reply, Section.ADDITIONAL)).isEqualTo(row.additional);
    assertThat(reply.getHeader().getFlag(Flags.AA)).as("AA").isTrue();
    assertThat(reply.getHeader().getFlag(Flags.TC)).as("TC").isFalse();
  }
}
