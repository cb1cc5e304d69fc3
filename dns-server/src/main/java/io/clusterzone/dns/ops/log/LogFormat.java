package io.clusterzone.dns.ops.log;

import io.clusterzone.dns.ops.Mnemonics;
import io.netty.util.NetUtil;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/// The format of the directive `log`: text with placeholders, those of CoreDNS. Immutable.
///
/// A client's choices reach a line only as a number or as a name in presentation format, which
/// escapes blanks, quotes, control characters and everything that is not ASCII: a name cannot end a
/// line, close a quote or speak to a terminal.
public final class LogFormat {
  private static final String COMMON_TEXT =
      "{remote}:{port} - {>id} \"{type} {class} {name} {proto} {size} {>do} {>bufsize}\""
          + " {rcode} {>rflags} {rsize} {duration}";

  /// The bits of the response flags and their names, in the order of CoreDNS.
  private static final List<Map.Entry<Integer, String>> FLAGS =
      List.of(
          Map.entry(0x8000, "qr"),
          Map.entry(0x0400, "aa"),
          Map.entry(0x0200, "tc"),
          Map.entry(0x0100, "rd"),
          Map.entry(0x0080, "ra"),
          Map.entry(0x0040, "z"),
          Map.entry(0x0020, "ad"),
          Map.entry(0x0010, "cd"));

  @FunctionalInterface
  private interface Part extends BiConsumer<StringBuilder, LoggedQuery> {}

  private static final String REASON = "{reason}";

  private static final Map<String, Part> PLACEHOLDERS =
      Map.ofEntries(
          Map.entry("{type}", (out, query) -> out.append(Mnemonics.type(query.type()))),
          Map.entry(
              "{class}", (out, query) -> out.append(Mnemonics.recordClass(query.recordClass()))),
          Map.entry("{name}", (out, query) -> out.append(query.name())),
          Map.entry("{proto}", (out, query) -> out.append(query.protocol().label())),
          Map.entry("{size}", (out, query) -> out.append(query.queryOctets())),
          Map.entry("{remote}", (out, query) -> address(out, query.client().getAddress())),
          Map.entry("{port}", (out, query) -> out.append(query.client().getPort())),
          Map.entry("{local}", (out, query) -> address(out, query.local().getAddress())),
          Map.entry("{rcode}", (out, query) -> out.append(Mnemonics.rcode(query.rcode()))),
          Map.entry("{rsize}", (out, query) -> out.append(query.responseOctets())),
          Map.entry("{duration}", (out, query) -> seconds(out, query.durationNanos())),
          Map.entry(REASON, (out, query) -> reason(out, query.reason())),
          Map.entry("{>id}", (out, query) -> out.append(query.id())),
          Map.entry("{>opcode}", (out, query) -> out.append(query.opcode())),
          Map.entry("{>do}", (out, query) -> out.append(query.dnssecOk())),
          Map.entry("{>bufsize}", (out, query) -> out.append(query.bufferSize())),
          Map.entry("{>rflags}", (out, query) -> flags(out, query.flags())));

  /// `{common}`, the default. Its placeholders are read above.
  public static final LogFormat COMMON = new LogFormat(COMMON_TEXT);

  private final List<Part> parts;
  private final boolean hasReason;

  /// Reads a format: `{common}` and `{combined}` stand for CoreDNS's formats of these names, a
  /// metadata label `{/...}` is `-`, and what is no placeholder is text.
  public LogFormat(String format) {
    String text =
        format.replace("{combined}", "{common} \"{>opcode}\"").replace("{common}", COMMON_TEXT);
    List<Part> read = new ArrayList<>();
    int at = 0;
    for (int close = text.indexOf('}'); close >= 0; close = text.indexOf('}', at)) {
      int open = Math.max(at, text.lastIndexOf('{', close));
      read.add(literal(text.substring(at, open)));
      read.add(placeholder(text.substring(open, close + 1)));
      at = close + 1;
    }
    read.add(literal(text.substring(at)));
    parts = List.copyOf(read);
    hasReason = text.contains(REASON);
  }

  /// Whether a line tells why there is no better answer: `{reason}`.
  public boolean hasReason() {
    return hasReason;
  }

  private static Part placeholder(String text) {
    if (text.startsWith("{/")) {
      return literal("-");
    }
    String name = text.startsWith("{>") ? text.toLowerCase(Locale.ROOT) : text;
    return PLACEHOLDERS.getOrDefault(name, literal(text));
  }

  private static Part literal(String text) {
    return (out, _) -> out.append(text);
  }

  void append(StringBuilder out, LoggedQuery query) {
    for (Part part : parts) {
      part.accept(out, query);
    }
  }

  private static void address(StringBuilder out, InetAddress address) {
    boolean ipv6 = address instanceof Inet6Address;
    out.append(ipv6 ? "[" : "").append(NetUtil.toAddressString(address)).append(ipv6 ? "]" : "");
  }

  /// Upstreams may have a part in the text: what could end a line or close a quote is `?`.
  private static void reason(StringBuilder out, String reason) {
    out.append(reason.isEmpty() ? "-" : reason.replaceAll("[^ !#-\\[\\]-~]", "?"));
  }

  private static void seconds(StringBuilder out, long nanos) {
    out.append(BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString()).append('s');
  }

  private static void flags(StringBuilder out, int flags) {
    String separator = "";
    for (Map.Entry<Integer, String> flag : FLAGS) {
      if ((flags & flag.getKey()) != 0) {
        out.append(separator).append(flag.getValue());
        separator = ",";
      }
    }
  }
}
