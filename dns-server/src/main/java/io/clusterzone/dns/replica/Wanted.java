package io.clusterzone.dns.replica;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Rcode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The answer that is waited for. Immutable.
public sealed interface Wanted {
  /// Records of the type, whatever they say.
  record Something(int type) implements Wanted {}

  /// Exactly these values of the type, in any order.
  ///
  /// @param values as [#value] writes them
  record Values(int type, Set<String> values) implements Wanted {
    public Values {
      values = Set.copyOf(values);
    }
  }

  /// No record of the type: NXDOMAIN, or no data (RFC 2308 section 2). An error is not that.
  record Nothing(int type) implements Wanted {}

  int type();

  /// The values that a person has typed.
  ///
  /// @throws IllegalArgumentException if one is no value of the type
  static Values values(int type, Collection<String> texts) {
    return new Values(
        type, texts.stream().map(text -> value(type, text)).collect(Collectors.toSet()));
  }

  /// A value as answers have it: addresses in their shortest form, names in lower case with a dot
  /// at the end, texts between quotes.
  ///
  /// @throws IllegalArgumentException if an address is none, or a name
  static String value(int type, String text) {
    return switch (type) {
      case RRType.A, RRType.AAAA -> address(type, text);
      case RRType.TXT -> text.startsWith("\"") ? text : '"' + text + '"';
      case RRType.CNAME, RRType.NS, RRType.PTR, RRType.DNAME, RRType.SRV -> withName(text);
      default -> text;
    };
  }

  private static String address(int type, String text) {
    IpAddress address = IpAddress.tryParse(text);
    if (address == null || address.isV4() != (type == RRType.A)) {
      throw new IllegalArgumentException(
          text + " is no address of IPv" + (type == RRType.A ? 4 : 6));
    }
    return address.toString();
  }

  private static String withName(String text) {
    int start = text.lastIndexOf(' ') + 1;
    String name = Name.parse(text.substring(start)).folded().toString();
    return text.substring(0, start).toLowerCase(Locale.ROOT) + name;
  }

  /// Whether an answer is so.
  default boolean isMetBy(Answer answer) {
    if (!(answer instanceof Answer.Message message)) {
      return false;
    }
    Set<String> found = found(message, type());
    boolean good = message.rcode() == Rcode.NOERROR;
    return switch (this) {
      case Something _ -> good && !found.isEmpty();
      case Values wanted -> good && found.equals(wanted.values());
      case Nothing _ -> (good || message.rcode() == Rcode.NXDOMAIN) && found.isEmpty();
    };
  }

  private static Set<String> found(Answer.Message message, int type) {
    return message.answer().stream()
        .filter(seen -> seen.data().type() == type)
        .map(seen -> value(type, seen.data().rdataText()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// What a server said, in a few words: `10.96.0.1, 10.96.0.2`, `NXDOMAIN`, `no A record`.
  static String said(Answer answer, int type) {
    return switch (answer) {
      case Answer.Silence _ -> "no reply";
      case Answer.Malformed(String fault) -> "no DNS message: " + fault;
      case Answer.Message message when message.rcode() != Rcode.NOERROR ->
          Mnemonics.rcode(message.rcode());
      case Answer.Message message -> {
        List<String> found = List.copyOf(found(message, type));
        yield found.isEmpty() ? "no " + Mnemonics.type(type) + " record" : String.join(", ", found);
      }
    };
  }
}
