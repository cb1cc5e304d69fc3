package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// Denials from the example's zones say in the reply why, to those who may know.
final class DenialTest {
  private static final String EXAMPLE = Path.of("../deploy/example").toAbsolutePath().toString();

  private static Server served;

  @BeforeAll
  static void start() throws InterruptedException {
    served = start("");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static Server start(String explain) throws InterruptedException {
    String text =
        """
        .:0 {
            bind 127.0.0.1
            %s
            acl secret.svc.cluster.local {
                block
            }
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                manifests %s
                pods insecure
            }
        }
        """
            .formatted(explain, EXAMPLE);
    var parsed = CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result();
    assertThat(parsed).isInstanceOf(Corefile.Valid.class);
    return Servers.start(((Corefile.Valid) parsed).corefile());
  }

  private static String ask(Server server, String name, String type, boolean edns)
      throws IOException {
    Message query =
        Message.newQuery(
            Record.newRecord(Name.fromString(name, Name.root), Type.value(type), DClass.IN));
    if (edns) {
      query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    }
    var resolver = new SimpleResolver(server.addresses().getFirst());
    resolver.setEDNS(-1);
    return shown(resolver.send(query));
  }

  private static String shown(Message reply) {
    String rcode = Rcode.string(reply.getRcode());
    if (reply.getOPT() == null) {
      return rcode;
    }
    return reply.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
        .map(option -> (ExtendedErrorCodeOption) option)
        .map(error -> rcode + " " + error.getErrorCode() + text(error))
        .findFirst()
        .orElse(rcode);
  }

  private static String text(ExtendedErrorCodeOption error) {
    return error.getText() == null ? "" : " " + error.getText();
  }

  /// RFC 8914 section 2: the INFO-CODE may be augmented by "EXTRA-TEXT, a variable-length,
  /// UTF-8-encoded text field that may hold additional textual information".
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web.prdo.svc.cluster.local        | A    | NXDOMAIN 0 no namespace prdo",
        "prdo.svc.cluster.local            | A    | NXDOMAIN 0 no namespace prdo",
        "wep.shop.svc.cluster.local        | A    | NXDOMAIN 0 no Service wep in namespace shop",
        "a.b.wep.shop.svc.cluster.local    | A    | NXDOMAIN 0 no Service wep in namespace shop",
        "WEP.Shop.svc.cluster.local        | A    | NXDOMAIN 0 no Service wep in namespace shop",
        "web.shop.cluster.local            | A    | NXDOMAIN 0 no shop in this zone: names end in svc or pod",
        "cluster.local.cluster.local       | A    | NXDOMAIN 0 no local in this zone: names end in svc or pod",
        "x.ns.dns.cluster.local            | A    | NXDOMAIN 0 no such name",
        "_htp._tcp.web.shop.svc.cluster.local | SRV | NXDOMAIN 0 no port or protocol _htp of Service web",
        "_http._udp.web.shop.svc.cluster.local | SRV | NXDOMAIN 0 no port or protocol _udp of Service web",
        "x.web.shop.svc.cluster.local      | A    | NXDOMAIN 0 no endpoint x of Service web",
        "nonsense.shop.pod.cluster.local   | A    | NXDOMAIN 0 no Pod nonsense in namespace shop",
        "10-0-0-1.prdo.pod.cluster.local   | A    | NXDOMAIN 0 no namespace prdo",
        "10-0-0-1.shop.pod.cluster.local   | AAAA | NOERROR 0 this address is of the other family",
        "1.2.3.10.in-addr.arpa             | PTR  | NXDOMAIN 0 nothing here has this address",
        "web.shop.svc.cluster.local        | TXT  | NOERROR 0 here is only A SRV",
        "shop.svc.cluster.local            | A    | NOERROR 0 no records here, only names below",
        "svc.cluster.local                 | A    | NOERROR 0 no records here, only names below",
        "_tcp.web.shop.svc.cluster.local   | A    | NOERROR 0 no records here, only names below",
        "a\\034\\010\\255.svc.cluster.local | A   | NXDOMAIN 0 no namespace a???",
        "web.secret.svc.cluster.local      | A    | REFUSED 15 blocked by acl",
        "web.shop.svc.cluster.local        | A    | NOERROR",
      })
  void saysWhatIsMissing(String name, String type, String expected) throws IOException {
    assertThat(ask(served, name, type, true)).isEqualTo(expected);
  }

  /// RFC 6891 section 7: no OPT record for a client that sent none.
  @Test
  void saysNothingWithoutEdns() throws IOException {
    assertThat(ask(served, "prdo.svc.cluster.local", "A", false)).isEqualTo("NXDOMAIN");
  }

  /// The longest labels fit, and no room is taken from the SOA.
  @Test
  void longLabelsFit() throws IOException {
    String label = "x".repeat(63);
    assertThat(ask(served, label + "." + "shop.svc.cluster.local", "A", true))
        .isEqualTo("NXDOMAIN 0 no Service " + label + " in namespace shop");
  }

  @ParameterizedTest
  @CsvSource({
    "explain off, NXDOMAIN, REFUSED 15",
    "explain 192.0.2.0/24, NXDOMAIN, REFUSED 15",
    "explain 192.0.2.0/24 127.0.0.0/8, NXDOMAIN 0 no namespace prdo, REFUSED 15 blocked by acl",
    "explain on, NXDOMAIN 0 no namespace prdo, REFUSED 15 blocked by acl",
  })
  void tellsWhoMayKnow(String directive, String denial, String refusal)
      throws IOException, InterruptedException {
    try (Server server = start(directive)) {
      assertThat(ask(server, "prdo.svc.cluster.local", "A", true)).isEqualTo(denial);
      assertThat(ask(server, "a.secret.svc.cluster.local", "A", true)).isEqualTo(refusal);
    }
  }
}
