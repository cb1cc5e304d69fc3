package io.clusterzone.dns.cli;

import io.clusterzone.dns.server.Version;
import picocli.CommandLine.Command;

/// `clusterzone version`.
@Command(name = "version", description = "Print the version.")
final class VersionCommand extends BaseCommand {
  @Override
  public Integer call() {
    out().println(Version.line());
    return Commands.OK;
  }
}
