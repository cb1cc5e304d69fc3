package io.clusterzone.dns.compare;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RdataText;
import io.clusterzone.zones.wire.DnsClass;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The mnemonics of types and classes, both ways (RFC 1035 section 3.2, RFC 3597 section 5). It
/// knows more types than the server has records of, since people ask for them.
public final class TypeText {
  private static final Map<Integer, String> NAMES = new HashMap<>();
  private static final Map<String, Integer> NUMBERS = new HashMap<>();

  static {
    for (int type : new int[] {1, 2, 5, 6, 12, 13, 16, 28, 33, 39}) {
      NAMES.put(type, RdataText.type(type));
    }
    NAMES.putAll(Map.of(15, "MX", 29, "LOC", 35, "NAPTR", 17, "RP", 44, "SSHFP", 52, "TLSA"));
    NAMES.putAll(Map.of(64, "SVCB", 65, "HTTPS", 257, "CAA", 256, "URI", 99, "SPF"));
    NAMES.putAll(Map.of(RRType.DS, "DS", 46, "RRSIG", 47, "NSEC", 48, "DNSKEY", 50, "NSEC3"));
    NAMES.putAll(Map.of(RRType.ANY, "ANY", RRType.AXFR, "AXFR", RRType.IXFR, "IXFR"));
    NAMES.forEach((number, name) -> NUMBERS.put(name, number));
    NUMBERS.put("*", RRType.ANY);
  }

  private TypeText() {}

  /// The mnemonic, or `TYPE` and the number.
  public static String of(int type) {
    return NAMES.getOrDefault(type, "TYPE" + type);
  }

  /// The number of a type in either writing, in any case; -1 if the text is none.
  public static int number(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    Integer known = NUMBERS.get(upper);
    return known == null ? number(upper, "TYPE") : known;
  }

  /// The mnemonic of a class, or `CLASS` and the number.
  public static String ofClass(int recordClass) {
    return switch (recordClass) {
      case DnsClass.IN -> "IN";
      case DnsClass.CH -> "CH";
      default -> "CLASS" + recordClass;
    };
  }

  /// The number of a class; -1 if the text is none.
  public static int classNumber(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "IN" -> DnsClass.IN;
      case "CH" -> DnsClass.CH;
      case "HS" -> 4;
      default -> number(upper, "CLASS");
    };
  }

  private static int number(String text, String word) {
    boolean numbered = text.matches(word + "[0-9]{1,5}");
    int number = numbered ? Integer.parseInt(text.substring(word.length())) : -1;
    return number <= 0xffff ? number : -1;
  }
}
