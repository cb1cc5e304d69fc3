package io.clusterzone.dns.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `clusterzone completion`: what a shell sources to complete the commands and options.
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
    footer = {"", "Use it as: source <(clusterzone completion)"})
final class CompletionCommand implements Runnable {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    var root = spec.root();
    spec.commandLine().getOut().println(AutoComplete.bash(root.name(), root.commandLine()));
  }
}
