package io.clusterzone.dns.config.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Response codes by their mnemonics (RFC 6895 section 2.3), in either case.
public final class RcodeText {
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("NOERROR", 0),
          Map.entry("FORMERR", 1),
          Map.entry("SERVFAIL", 2),
          Map.entry("NXDOMAIN", 3),
          Map.entry("NOTIMP", 4),
          Map.entry("REFUSED", 5),
          Map.entry("YXDOMAIN", 6),
          Map.entry("YXRRSET", 7),
          Map.entry("NXRRSET", 8),
          Map.entry("NOTAUTH", 9),
          Map.entry("NOTZONE", 10));

  /// The mnemonics, sorted by their number.
  public static final List<String> NAMES =
      NUMBERS.entrySet().stream()
          .sorted(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .toList();

  private RcodeText() {}

  /// The number, or null if the text is none of them. `NOTIMPL` is what CoreDNS calls `NOTIMP` too.
  public static @Nullable Integer number(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    return NUMBERS.get(name.equals("NOTIMPL") ? "NOTIMP" : name);
  }
}
