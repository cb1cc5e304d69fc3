package io.clusterzone.dns.ops;

/// The words for the numbers of a message, as the IANA registry has them.
public final class Mnemonics {
  private Mnemonics() {}

  /// An RR type; `TYPE65280` where it has no name here (RFC 3597 section 5).
  public static String type(int type) {
    return switch (type) {
      case 1 -> "A";
      case 2 -> "NS";
      case 5 -> "CNAME";
      case 6 -> "SOA";
      case 10 -> "NULL";
      case 12 -> "PTR";
      case 13 -> "HINFO";
      case 15 -> "MX";
      case 16 -> "TXT";
      case 17 -> "RP";
      case 24 -> "SIG";
      case 25 -> "KEY";
      case 28 -> "AAAA";
      case 29 -> "LOC";
      case 33 -> "SRV";
      case 35 -> "NAPTR";
      case 37 -> "CERT";
      case 39 -> "DNAME";
      case 41 -> "OPT";
      case 43 -> "DS";
      case 44 -> "SSHFP";
      case 46 -> "RRSIG";
      case 47 -> "NSEC";
      case 48 -> "DNSKEY";
      case 50 -> "NSEC3";
      case 51 -> "NSEC3PARAM";
      case 52 -> "TLSA";
      case 59 -> "CDS";
      case 60 -> "CDNSKEY";
      case 64 -> "SVCB";
      case 65 -> "HTTPS";
      case 99 -> "SPF";
      case 249 -> "TKEY";
      case 250 -> "TSIG";
      case 251 -> "IXFR";
      case 252 -> "AXFR";
      case 255 -> "ANY";
      case 256 -> "URI";
      case 257 -> "CAA";
      default -> "TYPE" + type;
    };
  }

  /// A class; `CLASS4711` where it has no name (RFC 3597 section 5).
  public static String recordClass(int number) {
    return switch (number) {
      case 1 -> "IN";
      case 3 -> "CH";
      case 4 -> "HS";
      case 254 -> "NONE";
      case 255 -> "ANY";
      default -> "CLASS" + number;
    };
  }

  /// A response code; the number where it has no name.
  public static String rcode(int number) {
    return switch (number) {
      case 0 -> "NOERROR";
      case 1 -> "FORMERR";
      case 2 -> "SERVFAIL";
      case 3 -> "NXDOMAIN";
      case 4 -> "NOTIMP";
      case 5 -> "REFUSED";
      case 9 -> "NOTAUTH";
      case 16 -> "BADVERS";
      default -> Integer.toString(number);
    };
  }
}
