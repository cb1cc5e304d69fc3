package io.clusterzone.dns.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `clusterzone serve`: answers until a signal comes.
@Command(
    name = "serve",
    description =
        "Answer queries until a SIGTERM or SIGINT, then answer what is in flight and end.",
    footer = {
      "",
      "clusterzone serve --manifests deploy/example-git/base/manifests",
      "clusterzone serve --kubeconfig ~/.kube/config --zone cluster.local",
      "clusterzone serve -conf /etc/coredns/Corefile"
    })
final class ServeCommand extends BaseCommand {
  @Mixin private final ServeOptions options = new ServeOptions();

  @Override
  public Integer call() throws InterruptedException {
    Serving.run(options);
    return Commands.OK;
  }
}
