package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.record.RdataWire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Record;

final class MasterFileTest {
  private static final Name APEX = Name.parse("cluster.local.");
  private static final Rdata.Soa SOA =
      new Rdata.Soa(
          Name.parse("ns.dns.cluster.local."),
          Name.parse("hostmaster.cluster.local."),
          -1,
          7200,
          1800,
          86400,
          5);

  private static final String NO_HOST_NAME =
      " ; a comment, as the owner of an address has to be a host name (RFC 1123 section 2.1)";

  private static Name name(String relative) {
    return Name.parse(relative + ".cluster.local.");
  }

  private static RRset rrset(Rdata... rdata) {
    return RRset.of(30, List.of(rdata));
  }

  private static Zone zone() {
    var editor = new ZoneEditor(Zone.of(APEX, SOA, 5));
    editor.replace(APEX, Content.of(rrset(new Rdata.Ns(name("ns.dns")))));
    editor.replace(
        name("web.shop.svc"),
        Content.of(
            rrset(new Rdata.A(0x0a600001), new Rdata.A(0x0a6000ff)),
            rrset(new Rdata.Aaaa(0xfd00_0000_0000_0000L, 1)),
            rrset(new Rdata.Srv(0, 100, 65535, name("Web.shop.svc")))));
    editor.replace(
        name("dns-version"), Content.of(rrset(new Rdata.Txt(List.of("1.1.0", "a \"b\" \\ ü\n;")))));
    editor.replace(name("a\\.b.\\@.\\$x\\032y"), Content.of(rrset(new Rdata.Cname(name("web")))));
    editor.replace(name("_p._tcp"), Content.of(rrset(new Rdata.Hinfo("RFC8482", ""))));
    editor.replace(name("u"), Content.of(rrset(new Rdata.Unknown(65280, "00ff10"))));
    editor.replace(name("v"), Content.of(rrset(new Rdata.Unknown(65281, ""))));
    editor.replace(name("4"), Content.of(rrset(new Rdata.Ptr(Name.ROOT))));
    editor.replace(
        name("shop.svc"), new Content(List.of(), Set.of(Trait.EXISTS, Trait.ADDRESS_LABELS)));
    editor.replace(name("*.shop.svc"), Content.EMPTY);
    return editor.finish(-2).zone();
  }

  private static String written(Zone zone) throws IOException {
    var text = new StringBuilder();
    MasterFile.write(zone, text);
    return text.toString();
  }

  @Test
  void readsBackAsTheSameRecords() throws IOException {
    Zone zone = zone();
    List<Record> expected = new ArrayList<>();
    for (Node node : zone.nodesInOrder()) {
      for (RRset rrset : node.content().rrsets()) {
        rrset.rdata().forEach(rdata -> expected.add(record(node.owner(), rrset, rdata)));
      }
    }

    assertThat(read(written(zone))).containsExactlyInAnyOrderElementsOf(expected).hasSize(12);
    assertThat(read(written(zone)).stream().map(Record::getTTL)).containsOnly(5L, 30L);
  }

  private static List<Record> read(String text) throws IOException {
    var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    try (var master = new Master(bytes)) {
      List<Record> records = new ArrayList<>();
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        records.add(next);
      }
      return records;
    }
  }

  private static Record record(Name owner, RRset rrset, Rdata rdata) {
    ByteBuffer octets = ByteBuffer.allocate(RdataWire.length(rdata));
    RdataWire.write(rdata, octets);
    try {
      var name = new org.xbill.DNS.Name(owner.toWire());
      return Record.newRecord(
          name, rrset.type(), DClass.IN, rrset.ttlSeconds(), octets.capacity(), octets.array());
    } catch (IOException e) {
      throw new AssertionError(owner + " " + rdata, e);
    }
  }

  /// RFC 4034 section 6.1: a name sorts before the names below it.
  @Test
  void writesTheSoaFirstThenCanonicalOrderAndTheRestInComments() throws IOException {
    assertThat(written(zone()).lines())
        .containsExactly(
            "$ORIGIN cluster.local.",
            "cluster.local. 5 IN SOA ns.dns.cluster.local. hostmaster.cluster.local."
                + " 4294967294 7200 1800 86400 5",
            "cluster.local. 30 IN NS ns.dns.cluster.local.",
            "a\\.b.\\@.\\$x\\032y.cluster.local. 30 IN CNAME web.cluster.local.",
            "4.cluster.local. 30 IN PTR .",
            "_p._tcp.cluster.local. 30 IN HINFO \"RFC8482\" \"\"",
            "dns-version.cluster.local. 30 IN TXT \"1.1.0\""
                + " \"a \\\"b\\\" \\\\ \\195\\188\\010;\"",
            "; shop.svc.cluster.local. [EXISTS, ADDRESS_LABELS]",
            "; *.shop.svc.cluster.local. [EXISTS]",
            "web.shop.svc.cluster.local. 30 IN A 10.96.0.1",
            "web.shop.svc.cluster.local. 30 IN A 10.96.0.255",
            "web.shop.svc.cluster.local. 30 IN AAAA fd00::1",
            "web.shop.svc.cluster.local. 30 IN SRV 0 100 65535 Web.shop.svc.cluster.local.",
            "u.cluster.local. 30 IN TYPE65280 \\# 3 00ff10",
            "v.cluster.local. 30 IN TYPE65281 \\# 0");
  }

  /// BIND's `check-names` refuses addresses at other owners. RFC 1123 section 2.1: labels of
  /// letters, digits and hyphens, with "a letter or a digit" at both ends; RFC 4592: `*` may stand
  /// first.
  @ParameterizedTest
  @CsvSource({
    "web.shop.svc, true",
    "4--0.web, true",
    "*.web, true",
    "web, true",
    "_http._tcp.web, false",
    "a.pin._zone.db, false",
    "*.prefer._zone.db, false",
    "--1.db, false",
    "fd00--.db, false",
    "a.*.db, false",
    "a\\.b, false",
    "a\\000, false",
  })
  void keepsOnlyAddressesAtHostNamesOutOfComments(String owner, boolean host) throws IOException {
    var editor = new ZoneEditor(Zone.of(APEX, SOA, 5));
    RRset v4 = rrset(new Rdata.A(0x0a600001));
    RRset v6 = rrset(new Rdata.Aaaa(0xfd00_0000_0000_0000L, 1));
    RRset srv = rrset(new Rdata.Srv(0, 100, 80, name("web")));
    editor.replace(name(owner), Content.of(v4, v6, srv));
    String why = host ? "" : NO_HOST_NAME;
    String start = host ? "" : "; ";
    assertThat(written(editor.finish(1).zone()).lines().skip(2))
        .containsExactly(
            start + name(owner) + " 30 IN A 10.96.0.1" + why,
            start + name(owner) + " 30 IN AAAA fd00::1" + why,
            name(owner) + " 30 IN SRV 0 100 80 web.cluster.local.");
  }
}
