package io.clusterzone.dns.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `clusterzone version`.
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Runnable {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println(Version.line());
  }
}
