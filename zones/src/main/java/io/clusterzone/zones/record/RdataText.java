package io.clusterzone.zones.record;

import io.clusterzone.zones.name.Name;
import java.util.List;
import java.util.stream.Collectors;

/// RDATA and types in presentation format, names with their last dot (RFC 1035 section 5.1, RFC
/// 3597 section 5). Not for the query path.
public final class RdataText {
  private RdataText() {}

  /// The mnemonic of a type that the server knows, `TYPE` and the number of any other.
  public static String type(int type) {
    return switch (type) {
      case RRType.A -> "A";
      case RRType.NS -> "NS";
      case RRType.CNAME -> "CNAME";
      case RRType.SOA -> "SOA";
      case RRType.PTR -> "PTR";
      case RRType.HINFO -> "HINFO";
      case RRType.TXT -> "TXT";
      case RRType.AAAA -> "AAAA";
      case RRType.SRV -> "SRV";
      case RRType.DNAME -> "DNAME";
      default -> "TYPE" + type;
    };
  }

  public static String of(Rdata rdata) {
    return switch (rdata) {
      case Rdata.A(int address) -> AddressText.v4(address);
      case Rdata.Aaaa(long high, long low) -> AddressText.v6(high, low);
      case Rdata.Cname(Name target) -> target.toString();
      case Rdata.Dname(Name target) -> target.toString();
      case Rdata.Ns(Name target) -> target.toString();
      case Rdata.Ptr(Name target) -> target.toString();
      case Rdata.Soa soa -> soa(soa);
      case Rdata.Srv(int priority, int weight, int port, Name target) ->
          priority + " " + weight + " " + port + " " + target;
      case Rdata.Txt(List<String> strings) ->
          strings.stream().map(CharacterString::quoted).collect(Collectors.joining(" "));
      case Rdata.Hinfo(String cpu, String os) ->
          CharacterString.quoted(cpu) + " " + CharacterString.quoted(os);
      case Rdata.Unknown(_, String hex) -> ("\\# " + hex.length() / 2 + " " + hex).stripTrailing();
    };
  }

  private static String soa(Rdata.Soa soa) {
    return soa.mname()
        + " "
        + soa.rname()
        + " "
        + Integer.toUnsignedString(soa.serial())
        + " "
        + soa.refreshSeconds()
        + " "
        + soa.retrySeconds()
        + " "
        + soa.expireSeconds()
        + " "
        + soa.minimumSeconds();
  }
}
