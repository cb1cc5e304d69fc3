package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A reply in the words of a scenario: `nodata`, `nxdomain`, `not-ready`, or its records. A reply
/// that breaks a rule for all replies of its kind says so instead.
final class AnswerText {
  static final String ZONE = ".cluster.local.";

  private AnswerText() {}

  static String of(Message reply) {
    return switch (reply.getRcode()) {
      case Rcode.NOERROR -> positive(reply);
      case Rcode.NXDOMAIN -> negative(reply, "nxdomain");
      case Rcode.SERVFAIL -> failure(reply);
      default -> Rcode.string(reply.getRcode());
    };
  }

  private static String positive(Message reply) {
    List<Record> answer = reply.getSection(Section.ANSWER);
    boolean end = answer.isEmpty() || hasSoa(reply);
    return end ? negative(reply, "nodata") : isAuthoritative(reply) + records(answer);
  }

  /// The chain of aliases that leads to what is not there, and then that.
  private static String negative(Message reply, String outcome) {
    String chain = records(reply.getSection(Section.ANSWER));
    String soa = hasSoa(reply) ? "" : " without SOA";
    return isAuthoritative(reply) + (chain + " " + outcome).strip() + soa;
  }

  private static String isAuthoritative(Message reply) {
    return reply.getHeader().getFlag(Flags.AA) ? "" : "without AA: ";
  }

  private static boolean hasSoa(Message reply) {
    List<Record> authority = reply.getSection(Section.AUTHORITY);
    return authority.size() == 1 && authority.getFirst().getType() == Type.SOA;
  }

  private static String failure(Message reply) {
    OPTRecord opt = reply.getOPT();
    List<EDNSOption> errors =
        opt == null ? List.of() : opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR);
    boolean bare = isAuthoritative(reply).isEmpty() || hasSoa(reply);
    String why =
        has(errors, ExtendedErrorCodeOption.NOT_READY)
            ? "not-ready"
            : has(errors, ExtendedErrorCodeOption.OTHER) ? "elsewhere" : "SERVFAIL";
    return why + (bare ? " with AA or SOA" : "");
  }

  private static boolean has(List<EDNSOption> errors, int wanted) {
    return errors.stream()
        .anyMatch(e -> e instanceof ExtendedErrorCodeOption code && code.getErrorCode() == wanted);
  }

  /// The addresses and records of the additional section, the OPT left out.
  static String additional(Message reply) {
    return records(
        reply.getSection(Section.ADDITIONAL).stream()
            .filter(r -> r.getType() != Type.OPT)
            .toList());
  }

  /// The RDATA of records, sorted, with the type in front where it is not plain to see.
  private static String records(List<Record> records) {
    return records.stream().map(AnswerText::text).sorted().collect(Collectors.joining(", "));
  }

  private static String text(Record record) {
    String rdata = shorten(record.rdataToString());
    return switch (record.getType()) {
      case Type.AAAA -> IpAddress.parse(rdata).toString();
      case Type.A, Type.TXT, Type.SRV, Type.PTR, Type.NS -> rdata;
      case Type.CNAME -> "-> " + rdata;
      default -> Type.string(record.getType()) + " " + rdata;
    };
  }

  /// Names in the cluster zone are written relative to it, without the last dot.
  private static String shorten(String rdata) {
    return Arrays.stream(rdata.split(" ", -1))
        .map(w -> w.endsWith(ZONE) ? w.substring(0, w.length() - ZONE.length()) : w)
        .collect(Collectors.joining(" "));
  }
}
