package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.text.GoDuration;
import io.clusterzone.dns.doctor.Doctor;
import io.clusterzone.dns.doctor.DoctorReport;
import io.clusterzone.dns.doctor.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `clusterzone doctor`: what is wrong with servers and their cluster, and what to do about it.
@Command(
    name = "doctor",
    description =
        "Look for what is wrong with running servers and their cluster, and say what to do; exit with"
            + " 1 if a check fails.",
    footer = {
      "",
      "It looks at the configuration, the API server and the account's permissions, the freshness of",
      "each kind, the listeners, the upstreams, the Service kube-dns, and whether replicas agree.",
      "What it cannot look at is said, and does not fail.",
      "",
      "clusterzone doctor",
      "clusterzone doctor --conf Corefile --server 127.0.0.1:9154",
      "clusterzone doctor --kubeconfig ~/.kube/config --at 10.96.0.10",
      "clusterzone doctor --server 127.0.0.1:9154 --server 127.0.0.1:9155",
      "",
      "In a deployment script, before the next step:",
      "kubectl -n kube-system rollout status deployment/coredns",
      "clusterzone doctor --kubeconfig ~/.kube/config --wait 2m || exit 1"
    })
final class DoctorCommand extends BaseCommand {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The cluster, by this kubeconfig file. Default: as the Corefile says.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --kubeconfig: the context to use. Default: the file's current one.")
  private @Nullable String context;

  @Option(
      names = {"-conf", "--conf"},
      paramLabel = "FILE",
      description = "The Corefile. Default: none.")
  private @Nullable Path conf;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "A running server: http://HOST:PORT or HOST:PORT of its directive admin. May be given more"
              + " than once. Default: "
              + AdminClient.DEFAULT
              + ", unless --at or --kubeconfig is given.")
  private final List<String> servers = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "ADDRESS[:PORT]",
      description = "Where a server answers DNS. May be given more than once.")
  private final List<String> addresses = new ArrayList<>();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "Look again until all is well or this time is over, as 30s or 2m. Default: look once.")
  private String patience = "0";

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "For a person, or every check as JSON. Default: ${DEFAULT-VALUE}.")
  private OutputForm output = OutputForm.TEXT;

  @Override
  public Integer call() throws InterruptedException {
    Duration longest = GoDuration.parse(patience);
    if (longest == null) {
      throw CommandFailure.usage("--wait takes a duration such as 30s or 2m, not " + patience);
    }
    if (context != null && kubeconfig == null) {
      throw CommandFailure.usage("--context goes with --kubeconfig, which names the file it is in");
    }
    boolean elsewhere = !addresses.isEmpty() || kubeconfig != null;
    List<String> asked = servers.isEmpty() && !elsewhere ? List.of(AdminClient.DEFAULT) : servers;
    var subjects = new DoctorSubjects(conf, kubeconfig, context == null ? "" : context);
    List<Finding> findings = Doctor.await(subjects.of(asked, addresses), longest);
    out()
        .print(
            switch (output) {
              case TEXT -> DoctorReport.text(findings);
              case JSON -> DoctorReport.json(findings);
            });
    return Doctor.isWell(findings) ? Commands.OK : Commands.PROBLEM;
  }
}
