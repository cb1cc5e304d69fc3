package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.text.Line;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.k8s.problem.Nearest;
import io.clusterzone.k8s.problem.ProblemKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Every directive that this server has. A new directive is a record, a reader and a line here.
public final class DirectiveTable {
  public static final List<DirectiveSpec> SPECS =
      List.of(
          AclParser.SPEC,
          AdminParser.SPEC,
          FlagDirectives.ANY,
          BindParser.SPEC,
          BufsizeParser.SPEC,
          CacheParser.SPEC,
          ChaosParser.SPEC,
          FlagDirectives.DEBUG,
          ErrorsParser.SPEC,
          ExplainParser.SPEC,
          ForwardParser.SPEC,
          HttpDirectives.HEALTH,
          HostsParser.SPEC,
          KubernetesParser.SPEC,
          LoadBalanceParser.SPEC,
          LogParser.SPEC,
          FlagDirectives.LOOP,
          FlagDirectives.MINIMAL,
          MultisocketParser.SPEC,
          NsidParser.SPEC,
          HttpDirectives.PPROF,
          HttpDirectives.PROMETHEUS,
          HttpDirectives.READY,
          ReloadParser.SPEC,
          ShadowParser.SPEC,
          ShedParser.SPEC,
          TimeoutsParser.SPEC,
          FlagDirectives.WHOAMI);

  private static final Set<String> KNOWN = known();

  private DirectiveTable() {}

  private static Set<String> known() {
    var known = new TreeSet<>(RefusedDirectives.ADVICE.keySet());
    SPECS.forEach(spec -> known.add(spec.name()));
    return Collections.unmodifiableSet(known);
  }

  /// The directives of one server block, in the order of the table.
  public static List<Directive> read(List<Line> lines, BlockContext context) {
    var directives = new ArrayList<Directive>();
    var byName = new HashMap<String, List<Line>>();
    lines.forEach(line -> byName.computeIfAbsent(line.name(), _ -> new ArrayList<>()).add(line));
    for (DirectiveSpec spec : SPECS) {
      List<Line> own = byName.get(spec.name());
      if (own != null) {
        directives.add(spec.reader().apply(own, context));
      }
    }
    for (Line line : lines) {
      reportUnknown(line, context.problems());
    }
    return directives;
  }

  private static void reportUnknown(Line line, Problems problems) {
    String name = line.name();
    String advice = RefusedDirectives.ADVICE.get(name);
    if (advice != null) {
      problems.add(
          ProblemKind.REFUSED_DIRECTIVE,
          line.head(),
          name + ": CoreDNS has this directive, but this version does not; " + advice);
    } else if (!KNOWN.contains(name)) {
      problems.add(
          ProblemKind.UNKNOWN_DIRECTIVE,
          line.head(),
          "unknown directive \"" + name + "\"" + Nearest.hint(name, KNOWN));
    }
  }
}
