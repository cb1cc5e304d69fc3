package io.clusterzone.dns.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The common part of all commands: a help option, and outputs that a test may replace. The result
/// of a command is its exit code.
abstract class BaseCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  CommandSpec spec;

  @Option(
      names = {"-h", "-help", "--help"},
      usageHelp = true,
      description = "Print this.")
  boolean help;

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
