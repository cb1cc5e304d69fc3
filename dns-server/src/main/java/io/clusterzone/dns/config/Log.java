package io.clusterzone.dns.config;

import io.clusterzone.zones.name.Name;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// `log`: which queries are logged, and how. The first rule that fits a query decides.
public record Log(List<Rule> rules) implements Directive {
  /// CoreDNS's `{common}`.
  public static final String COMMON_FORMAT =
      "{remote}:{port} - {>id} \"{type} {class} {name} {proto} {size} {>do} {>bufsize}\""
          + " {rcode} {>rflags} {rsize} {duration}";

  /// CoreDNS's `{combined}`.
  public static final String COMBINED_FORMAT = COMMON_FORMAT + " \"{>opcode}\"";

  public static final Log DEFAULT =
      new Log(List.of(new Rule(Name.ROOT, COMMON_FORMAT, EnumSet.allOf(ResponseClass.class))));

  public Log {
    rules = List.copyOf(rules);
  }

  /// The class of a response.
  public enum ResponseClass {
    /// NOERROR with an answer.
    SUCCESS,
    /// NXDOMAIN or NODATA.
    DENIAL,
    /// Any other response code.
    ERROR;

    public static ResponseClass of(int rcode, int answers) {
      return switch (rcode) {
        case 0 -> answers > 0 ? SUCCESS : DENIAL;
        case 3 -> DENIAL;
        default -> ERROR;
      };
    }
  }

  /// The queries that are logged, and their form.
  ///
  /// @param name queries for this name and the names below it
  /// @param format text with placeholders; `{common}` and `{combined}` are replaced already
  /// @param classes the responses that are logged, never empty
  public record Rule(Name name, String format, Set<ResponseClass> classes) {
    public Rule {
      classes = Set.copyOf(classes);
    }
  }
}
