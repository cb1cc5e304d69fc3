package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.read.DirectiveSpec;
import io.clusterzone.dns.config.read.DirectiveTable;
import io.clusterzone.dns.config.read.RefusedDirectives;
import io.clusterzone.k8s.problem.Nearest;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `clusterzone help`: the help of a command, or the manual of a directive of the Corefile.
@Command(
    name = "help",
    description = "Print the help of a command, or the manual of a directive of the Corefile.",
    footer = {"", "The directives are what `clusterzone -plugins` prints."})
final class HelpCommand extends BaseCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A command, or a directive such as kubernetes.")
  private @Nullable String name;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    CommandLine command = name == null ? root : root.getSubcommands().get(name);
    if (command != null) {
      command.usage(out());
      return Commands.OK;
    }
    out().print(manual(String.valueOf(name)));
    return Commands.OK;
  }

  private String manual(String directive) {
    for (DirectiveSpec spec : DirectiveTable.SPECS) {
      if (spec.name().equals(directive)) {
        return spec.manual().markdown();
      }
    }
    String advice = RefusedDirectives.ADVICE.get(directive);
    if (advice != null) {
      return "CoreDNS has %s, but this version does not; %s\n".formatted(directive, advice);
    }
    var known = new ArrayList<>(CorefileParser.directives());
    known.addAll(spec.root().commandLine().getSubcommands().keySet());
    throw CommandFailure.usage(
        "no command and no directive is called \"%s\"%s"
            .formatted(directive, Nearest.hint(directive, known)));
  }
}
