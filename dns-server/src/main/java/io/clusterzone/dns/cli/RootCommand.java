package io.clusterzone.dns.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What stands before a command, and what happens without one: `clusterzone -conf FILE` serves, as
/// `coredns -conf FILE` does.
@Command(
    name = "clusterzone",
    description = "The authoritative DNS server for Kubernetes Services.",
    subcommands = {VersionCommand.class, CompletionCommand.class, HelpCommand.class})
final class RootCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-version", "-V", "--version"},
      description = "Print the version.")
  boolean version;

  @Option(
      names = {"-h", "-help", "--help"},
      usageHelp = true,
      description = "Print this.")
  boolean help;

  @Override
  public Integer call() {
    if (version) {
      spec.commandLine().getOut().println(Version.line());
    }
    return Commands.OK;
  }
}
