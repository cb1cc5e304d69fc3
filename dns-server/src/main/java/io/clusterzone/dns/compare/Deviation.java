package io.clusterzone.dns.compare;

/// The known deviations of CoreDNS that one pair of replies can show, each with the rule that it
/// breaks. The numbers are fixed: scripts know them. Deviations of zone transfers, serials, caches
/// and connections are not among them, since no single pair shows those.
public enum Deviation {
  D1("RFC 8020 section 2", "a name with names below it exists: it is NODATA, never NXDOMAIN"),
  D2("RFC 2308 section 2.2", "a name exists for all types or for none: TXT here is NODATA"),
  D3("RFC 2308 section 2.1", "a name that does not exist is NXDOMAIN for each type, SOA too"),
  D4("RFC 2308 section 2.2", "the name has data of another type, so the reply is NODATA"),
  D5("RFC 1034 section 4.3.2", "an alias answers for each type that is asked at its name"),
  D6("RFC 2308 section 2.2", "the name has a PTR, so each other type of it is NODATA"),
  D7("RFC 8482 section 4", "ANY is answered by an RRset of the name or by HINFO, not by nothing"),
  D8("RFC 6604 section 3", "a chain of aliases is answered, with the rcode of its end"),
  D9("RFC 4343", "names compare without regard to case"),
  D10("RFC 1034 section 4.2.1", "a zone has name servers, and these have addresses"),
  D11("RFC 1912 section 2.8", "the name of a name server is one that resolves"),
  D12("RFC 1034 section 4.3.2", "the zone's name in the middle of a name means nothing"),
  D13("RFC 2782", "port and protocol of a service begin with an underscore"),
  D14("RFC 1035 section 7.3", "each query gets a reply"),
  D15("DNS-based service discovery 1.1.0", "an address leads to names that lead back to it"),
  D17("RFC 3596 section 2.5", "the name of an IPv6 address has 32 labels below ip6.arpa"),
  D18("KEP-563", "a Pod has each of its addresses, in whatever spelling"),
  D19("RFC 2782", "an SRV tells a port where something listens; a Pod's name has none"),
  D20("DNS-based service discovery 1.1.0", "no names stand below the name of a Pod"),
  D23("KEP-1645", "the schema of a cluster set is 1.0.0, and a cluster may have two labels"),
  D26("RFC 8914 section 4.15", "a server that is not ready says SERVFAIL and nothing besides"),
  D27("RFC 1034 section 4.3.2", "names of the cluster zone are not in a reverse zone"),
  D28("RFC 1034 section 4.3.2", "a name below that of a Service does not exist by itself"),
  D29("RFC 2308 section 2.2", "the name is there and has no data: NODATA, not SERVFAIL"),
  D30("RFC 1035 section 3.2.4", "another class or opcode is not answered as if it were IN, QUERY"),
  D31("RFC 2181 section 9", "TC is for what had to be there; the additional section had not"),
  D32("RFC 6891 section 6.1", "an OPT record is hop by hop: a server says its own, zero bits zero"),
  D35("RFC 1035 section 4.1.1", "AA is for names of the zones that the server itself has"),
  /// Not CoreDNS's alone.
  NO_REPLY("RFC 1035 section 7.3", "each query gets a reply"),
  NO_EDNS(
      "RFC 6891 section 6.1.1", "a reply has an OPT record if the query has one, and only then"),
  NO_MESSAGE("RFC 1035 section 4.1", "a reply is a whole message in the format of DNS");

  private final String rule;
  private final String sentence;

  Deviation(String rule, String sentence) {
    this.rule = rule;
    this.sentence = sentence;
  }

  /// The document and section that it goes against.
  public String rule() {
    return rule;
  }

  /// The rule in a sentence.
  public String sentence() {
    return sentence;
  }

  /// The number, or a word for faults that have none.
  @Override
  public String toString() {
    return switch (this) {
      case NO_REPLY -> "no reply";
      case NO_EDNS -> "EDNS";
      case NO_MESSAGE -> "malformed";
      default -> name();
    };
  }
}
