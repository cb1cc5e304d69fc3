package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.server.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options before a command, and the action without one: `clusterzone -conf FILE` serves, as
/// `coredns -conf FILE` does.
@Command(
    name = "clusterzone",
    description = "The authoritative DNS server for Kubernetes Services.",
    footer = {
      "",
      "Without a command it serves, and takes the options of serve, as `coredns -conf FILE` does:"
          + " see `clusterzone serve --help`."
    },
    subcommands = {
      ServeCommand.class,
      CheckCommand.class,
      DumpCommand.class,
      RbacCommand.class,
      CompareCommand.class,
      ExplainCommand.class,
      TopCommand.class,
      WaitCommand.class,
      DiagnoseCommand.class,
      DoctorCommand.class,
      VersionCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
final class RootCommand extends BaseCommand {
  @Mixin private final ServeOptions options = new ServeOptions();

  @Option(
      names = {"-version", "--version"},
      description = "Print the version.")
  private boolean version;

  @Option(
      names = {"-plugins", "--plugins"},
      description = "Print the directives that a Corefile may have.")
  private boolean plugins;

  @Override
  public Integer call() throws InterruptedException {
    if (version) {
      out().println(Version.line());
    } else if (plugins) {
      CorefileParser.directives().forEach(out()::println);
    } else {
      Serving.run(options);
    }
    return Commands.OK;
  }
}
