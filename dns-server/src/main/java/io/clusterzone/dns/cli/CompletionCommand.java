package io.clusterzone.dns.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// `clusterzone completion`: what a shell sources to complete the commands and options.
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
    footer = {"", "Use it as: source <(clusterzone completion)"})
final class CompletionCommand extends BaseCommand {
  @Override
  public Integer call() {
    var root = spec.root();
    out().println(AutoComplete.bash(root.name(), root.commandLine()));
    return Commands.OK;
  }
}
