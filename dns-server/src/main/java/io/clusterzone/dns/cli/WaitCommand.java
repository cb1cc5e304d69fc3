package io.clusterzone.dns.cli;

import io.clusterzone.dns.compare.TypeText;
import io.clusterzone.dns.config.text.GoDuration;
import io.clusterzone.dns.replica.Waiting;
import io.clusterzone.dns.replica.Waiting.Outcome;
import io.clusterzone.dns.replica.Wanted;
import io.clusterzone.zones.name.Name;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `clusterzone wait`: until every replica answers so. For scripts that deploy something and then
/// use its name.
@Command(
    name = "wait",
    description = "Wait until every DNS server answers as it should.",
    footer = {
      "",
      "Exit code: 0 each of them has answered so, 1 one has not in time, 2 the command line makes no",
      "sense. Servers are asked as they are found when it begins; NAME is not looked for in search",
      "lists.",
      "",
      "clusterzone wait web.shop.svc.cluster.local",
      "clusterzone wait web.shop.svc.cluster.local --is 10.96.0.1 --at 10.244.0.5 --at 10.244.1.5",
      "clusterzone wait old.shop.svc.cluster.local --gone --kubeconfig ~/.kube/config",
      "clusterzone wait _http._tcp.web.shop.svc.cluster.local SRV --timeout 2m"
    })
final class WaitCommand extends BaseCommand {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

  @Parameters(index = "0", paramLabel = "NAME", description = "The whole name to ask for.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "The type of record: A, AAAA, SRV, ... Default: ${DEFAULT-VALUE}.")
  private String type = "A";

  @Option(
      names = "--is",
      paramLabel = "VALUE",
      description =
          "Wait for exactly this value: an address, a name, a text. Given more than once: for exactly"
              + " these. Default: any.")
  private List<String> values = new ArrayList<>();

  @Option(names = "--gone", description = "Wait until there is no such record.")
  private boolean gone;

  @Mixin private final Replicas replicas = new Replicas();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "Give up after this time. Default: ${DEFAULT-VALUE}.")
  private String timeout = "30s";

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      description = "The time between questions to one server. Default: ${DEFAULT-VALUE}.")
  private String interval = "500ms";

  @Override
  public Integer call() throws InterruptedException {
    var waiting =
        new Waiting(
            wholeName(),
            wanted(),
            duration("--timeout", timeout, Duration.ofMillis(1)),
            duration("--interval", interval, SHORTEST_INTERVAL));
    List<InetSocketAddress> servers = replicas.find();
    List<Outcome> late =
        waiting.of(servers, this::tell).stream().filter(outcome -> !outcome.met()).toList();
    if (late.isEmpty()) {
      return Commands.OK;
    }
    throw CommandFailure.problem(
        "%d of %d servers did not answer so within %s; %s"
            .formatted(late.size(), servers.size(), timeout, advice()));
  }

  private String advice() {
    return "ask one with clusterzone explain " + name + ", or dig";
  }

  private Name wholeName() {
    try {
      return Name.parse(name.endsWith(".") ? name : name + ".");
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("NAME is no domain name: " + e.getMessage());
    }
  }

  private Wanted wanted() {
    int number = TypeText.number(type);
    if (number < 0) {
      throw CommandFailure.usage("TYPE is a type of record such as A or SRV, not " + type);
    }
    if (gone && !values.isEmpty()) {
      throw CommandFailure.usage("--gone and --is exclude each other");
    }
    if (gone) {
      return new Wanted.Nothing(number);
    }
    try {
      return values.isEmpty() ? new Wanted.Something(number) : Wanted.values(number, values);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--is takes a value of type " + type + ": " + e.getMessage());
    }
  }

  private static Duration duration(String option, String text, Duration least) {
    @Nullable Duration duration = GoDuration.parse(text);
    if (duration == null || duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0) {
      throw CommandFailure.usage(
          "%s takes a duration from %s to 24h such as 30s, not %s"
              .formatted(option, GoDuration.format(least), text));
    }
    return duration;
  }

  private void tell(Outcome outcome) {
    String line =
        String.format(
            Locale.ROOT,
            "%s %s: %s (%.1f s)",
            CompareSide.text(outcome.server()),
            outcome.met() ? "answers so" : "does not",
            outcome.said(),
            outcome.took().toMillis() / 1e3);
    (outcome.met() ? out() : err()).println(line);
    (outcome.met() ? out() : err()).flush();
  }
}
