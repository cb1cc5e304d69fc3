package io.clusterzone.dns.compare;

import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The value of a field of an answer in few words: coarse, so that many differences have the same.
final class FieldText {
  private static final List<String> RCODES =
      List.of(
          "NOERROR",
          "FORMERR",
          "SERVFAIL",
          "NXDOMAIN",
          "NOTIMP",
          "REFUSED",
          "YXDOMAIN",
          "YXRRSET",
          "NXRRSET",
          "NOTAUTH",
          "NOTZONE");

  private FieldText() {}

  static String of(Field field, Answer answer) {
    return switch (answer) {
      case Answer.Silence _ -> "no reply";
      case Answer.Malformed(String fault) -> "malformed: " + fault.replaceAll(" at octet .*", "");
      case Answer.Message message -> of(field, message);
    };
  }

  private static String of(Field field, Answer.Message message) {
    return switch (field) {
      case OPCODE -> "opcode " + message.opcode();
      case QUESTION -> message.question().isEmpty() ? "none" : "a question";
      case TIMEOUT, MALFORMED, RCODE -> outcome(message);
      case FLAGS -> flags(message);
      case ANSWER_TYPES -> {
        String types = types(message.answer());
        yield types.isEmpty() ? "none" : types;
      }
      case ANSWER_DATA -> counts(message.answer());
      case AUTHORITY -> counts(message.authority());
      case ADDITIONAL -> counts(message.additional());
      case EDNS -> edns(message);
      case TTL -> ttls(message);
      case ORDER -> "an order";
    };
  }

  /// The rcode, or NODATA (RFC 2308 section 2.2).
  static String outcome(Answer.Message message) {
    return message.rcode() == Rcode.NOERROR && message.answer().isEmpty()
        ? "NODATA"
        : rcode(message.rcode());
  }

  static String rcode(int rcode) {
    if (rcode < RCODES.size()) {
      return RCODES.get(rcode);
    }
    return rcode == Rcode.BADVERS ? "BADVERS" : "RCODE" + rcode;
  }

  static String flags(Answer.Message message) {
    List<String> names = new ArrayList<>();
    Map<Integer, String> all = new TreeMap<>();
    all.put(Header.AA, "aa");
    all.put(Header.TC, "tc");
    all.put(Header.RD, "rd");
    all.put(Header.RA, "ra");
    all.put(0x40, "z");
    all.put(Header.AD, "ad");
    all.put(Header.CD, "cd");
    all.forEach((bit, name) -> {
      if (message.has(bit)) {
        names.addFirst(name);
      }
    });
    return names.isEmpty() ? "none" : String.join(" ", names);
  }

  /// The types of a section, each once.
  static String types(List<SeenRecord> section) {
    return section.stream()
        .map(seen -> TypeText.of(seen.data().type()))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String counts(List<SeenRecord> section) {
    Map<String, Long> counts =
        section.stream()
            .collect(
                Collectors.groupingBy(
                    seen -> TypeText.of(seen.data().type()), TreeMap::new, Collectors.counting()));
    String text =
        counts.entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "none" : text;
  }

  private static String edns(Answer.Message message) {
    SeenEdns edns = message.edns();
    if (edns == null) {
      return "none";
    }
    var text = new StringBuilder("version " + edns.version());
    text.append((edns.flags() & Edns.DO) != 0 ? " do" : "");
    int reserved = edns.flags() & ~Edns.DO;
    text.append(reserved == 0 ? "" : " z=" + Integer.toHexString(reserved));
    edns.options().forEach(code -> text.append(" option ").append(code));
    return text.toString();
  }

  private static String ttls(Answer.Message message) {
    LongSummaryStatistics all =
        SeenRecord.sections(message).mapToLong(SeenRecord::ttlSeconds).summaryStatistics();
    return all.getMin() == all.getMax()
        ? all.getMin() + " s"
        : all.getMin() + " to " + all.getMax() + " s";
  }
}
