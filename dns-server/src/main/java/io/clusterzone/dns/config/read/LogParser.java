package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Log;
import io.clusterzone.dns.config.Log.ResponseClass;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.zones.name.Name;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads `log`. Several lines are rules that are tried in their order.
final class LogParser {
  private static final List<String> CLASSES = List.of("success", "denial", "error", "all");

  private static final List<Option<Set<ResponseClass>>> OPTIONS =
      List.of(
          new Option<>(
              new Manual.Row(
                  "class CLASSES...",
                  "all",
                  "`success`, `denial` (NXDOMAIN and NODATA), `error`, `all`",
                  "which responses are logged; several lines add up"),
              LogParser::readClasses));

  private static final Manual MANUAL =
      new Manual(
          "log",
          "log [NAMES...] [FORMAT]",
          "Logs queries and what became of them.",
          List.of(
              new Manual.Row(
                  "NAMES...", "`.`", "names and prefixes", "queries for these and the names below"),
              new Manual.Row(
                  "FORMAT",
                  "`{common}`",
                  "text with at least one placeholder",
                  "the line that is written")),
          Option.rows(OPTIONS),
          """
          The last word is the format if it has a `{` in it. Placeholders: `{type}`, `{class}`,
          `{name}`, `{proto}`, `{remote}`, `{port}`, `{local}`, `{size}` (octets), `{duration}`
          (seconds), `{rcode}`, `{rsize}` (octets), `{>rflags}`, `{>bufsize}` (octets), `{>do}`,
          `{>id}`, `{>opcode}`, and `{reason}`: why there is no better answer, in the words of the
          extended error (see `explain`), or `-`. `{common}` is

          ```
          %s
          ```

          and `{combined}` the same followed by `"{>opcode}"`. Several `log` lines of a block are
          tried in their order; the first that names the query decides.\
          """
              .formatted(Log.COMMON_FORMAT),
          """
          .:53 {
              log cluster.local {combined} {
                  class denial error
              }
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.each(MANUAL, LogParser::read, LogParser::all);

  private LogParser() {}

  private static Log all(List<List<Log.Rule>> lines) {
    return new Log(lines.stream().flatMap(List::stream).toList());
  }

  private static List<Log.Rule> read(Arguments arguments, BlockContext context) {
    int count = arguments.count();
    boolean hasFormat = count > 0 && arguments.text(count - 1).contains("{");
    String format = hasFormat ? arguments.text(count - 1) : "{common}";
    List<Token> names = arguments.words().subList(0, hasFormat ? count - 1 : count);
    Set<ResponseClass> classes = EnumSet.noneOf(ResponseClass.class);
    Option.readAll(arguments, OPTIONS, classes);
    if (classes.isEmpty()) {
      classes.addAll(EnumSet.allOf(ResponseClass.class));
    }
    return (names.isEmpty() ? List.of(Name.ROOT) : arguments.zones(names))
        .stream().map(name -> new Log.Rule(name, expanded(format), classes)).toList();
  }

  private static String expanded(String format) {
    return format.replace("{common}", Log.COMMON_FORMAT).replace("{combined}", Log.COMBINED_FORMAT);
  }

  private static void readClasses(Arguments arguments, Set<ResponseClass> classes) {
    arguments.hasSome("at least one of " + String.join(", ", CLASSES));
    for (int i = 0; i < arguments.count(); i++) {
      switch (CLASSES.get(arguments.keyword(i, CLASSES))) {
        case "success" -> classes.add(ResponseClass.SUCCESS);
        case "denial" -> classes.add(ResponseClass.DENIAL);
        case "error" -> classes.add(ResponseClass.ERROR);
        default -> classes.addAll(EnumSet.allOf(ResponseClass.class));
      }
    }
  }
}
