package io.clusterzone.dns.cli;

import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.compare.exchange.Exchange;
import io.clusterzone.dns.compare.report.Compared;
import io.clusterzone.dns.compare.report.ProgressBar;
import io.clusterzone.dns.compare.run.CompareOptions;
import io.clusterzone.dns.compare.run.Comparison;
import io.clusterzone.dns.compare.run.FirstLook;
import io.clusterzone.dns.compare.run.Tally;
import java.io.Console;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `clusterzone compare`: would another server have answered the same?
@Command(
    name = "compare",
    description = "Ask another server and Clusterzone the same, and judge what differs.",
    footer = {
      "",
      "Exit code: 0 nothing is wrong, 1 an answer is wrong here, 2 the command line makes no sense,",
      "3 answers are wrong or late there alone. A difference in TTL or order is told, and is no fault.",
      "",
      "clusterzone compare --against 10.96.0.10 --kubeconfig ~/.kube/config",
      "clusterzone compare --against 127.0.0.1:5300 --manifests deploy/example --report out.html",
      "clusterzone compare --against 10.96.0.10 --with 10.96.0.11 --queries queries.txt",
      "tcpdump -i any -U -w - port 53 | clusterzone compare --against 10.96.0.10 --pcap - \\",
      "    --kubeconfig ~/.kube/config",
      "kubectl logs -f -n kube-system -l k8s-app=kube-dns | clusterzone compare \\",
      "    --against 10.96.0.10 --with 10.96.0.11 --log -",
      "clusterzone compare --live http://127.0.0.1:9154 --details"
    })
final class CompareCommand extends BaseCommand {
  /// Exit code: nothing is wrong here, but something there.
  private static final int THERE = 3;

  private static final Set<Kind> THERE_KINDS =
      EnumSet.of(Kind.WRONG_THERE, Kind.THEY_DIFFER, Kind.LATER_HERE, Kind.LATER_THERE);

  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  /// Servers that may be asked beside ours.
  private static final int MOST_SERVERS = 16;

  private static final int MOST_PER_SECOND = 1_000_000;

  @Option(
      names = "--against",
      arity = "1..*",
      paramLabel = "ADDRESS[:PORT]",
      description =
          "The other server. With several addresses, those of one server's replicas, they are also"
              + " compared among themselves.")
  private List<String> against = new ArrayList<>();

  @Mixin private final CompareSide side = new CompareSide();

  @Option(
      names = "--zone",
      paramLabel = "NAME",
      description =
          "A zone that is ours: all of it is asked, unless questions are named. May be given more"
              + " than once. Default: cluster.local; the reverse zones come along.")
  private List<String> zones = new ArrayList<>();

  @Mixin private final CompareQuestions questions = new CompareQuestions();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Questions to each server in a second; 0 is as fast as they reply. Default:"
              + " ${DEFAULT-VALUE}, which no server in use should notice.")
  private int rate = 500;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "The longest TTL that is waited for before a difference is asked for the last time."
              + " Default: ${DEFAULT-VALUE}.")
  private int patience = 30;

  @Option(
      names = "--live",
      paramLabel = "URL",
      description =
          "Ask nobody: print what the directive shadow of a running server has found. The URL is"
              + " that of its directive admin, such as "
              + AdminClient.DEFAULT
              + ".")
  private @Nullable String live;

  @Mixin private final CompareOutput outcome = new CompareOutput();

  @Override
  public Integer call() throws InterruptedException {
    if (live != null) {
      return live(new AdminClient("--live", live));
    }
    check();
    List<InetSocketAddress> there =
        against.stream().map(text -> CompareSide.address("--against", text)).distinct().toList();
    Set<String> known = outcome.known();
    try (CompareSide.Running here = side.start(zones, err())) {
      var options =
          new CompareOptions(
              here.address(),
              there,
              here.ours(),
              side.knowsZones(),
              rate,
              Exchange.PATIENCE,
              FIRST_LOOK,
              Duration.ofSeconds(patience),
              known);
      requireReplies(options);
      return compare(here, options);
    }
  }

  private int live(AdminClient client) {
    if (!against.isEmpty() || side.isGiven() || questions.isGiven() || !zones.isEmpty()) {
      throw CommandFailure.usage(
          "--live asks nobody: it goes with --details and --output, and without --against, our side"
              + " and questions");
    }
    return exitCode(outcome.write(new LiveDifferences(client), out()));
  }

  private void check() {
    if (against.isEmpty()) {
      throw CommandFailure.usage(
          "name the other server with --against ADDRESS, or a running server that has compared with"
              + " --live URL");
    }
    side.check();
    questions.check(side);
    outcome.check();
    if (against.size() > MOST_SERVERS) {
      throw CommandFailure.usage("--against takes at most " + MOST_SERVERS + " addresses");
    }
    if (rate < 0 || rate > MOST_PER_SECOND) {
      throw CommandFailure.usage(
          "--rate takes a number from 0 to %d, not %d".formatted(MOST_PER_SECOND, rate));
    }
    if (patience < 0 || patience > 3600) {
      throw CommandFailure.usage("--patience takes 0 to 3600 seconds, not " + patience);
    }
  }

  private static void requireReplies(CompareOptions options) {
    try {
      List<InetSocketAddress> silent = FirstLook.silent(options);
      if (!silent.isEmpty()) {
        throw CommandFailure.problem(
            "no reply from %s; is it the right address and port?"
                .formatted(
                    silent.stream().map(CompareSide::text).collect(Collectors.joining(", "))));
      }
    } catch (IOException e) {
      throw CommandFailure.problem("cannot ask: " + e.getMessage());
    }
  }

  private int compare(CompareSide.Running here, CompareOptions options) {
    CompareQuestions.Chosen chosen = questions.open(here.zones());
    ProgressBar bar = isTerminal() ? new ProgressBar(err(), chosen.count()) : null;
    var comparison =
        new Comparison(
            options,
            tally -> {
              if (bar != null) {
                bar.show(tally);
              }
            });
    Signals.on("INT", comparison::stop);
    long start = System.nanoTime();
    String failure = "";
    try (var source = chosen.source()) {
      comparison.run(source);
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    if (bar != null) {
      bar.end();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    List<String> there = options.there().stream().map(CompareSide::text).toList();
    outcome.write(
        new Compared(here.name(), there, chosen.name(), seconds, comparison.tally()), out());
    if (!failure.isEmpty()) {
      throw CommandFailure.problem(failure + "; the questions before were compared");
    }
    return exitCode(comparison.tally());
  }

  @SuppressWarnings("SystemConsoleNull") // null as of JDK 25 where there is no terminal
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static int exitCode(Tally tally) {
    return exitCode(Stream.of(Kind.values()).filter(kind -> tally.fresh(kind) > 0).toList());
  }

  /// @param found the classes of the differences
  private static int exitCode(List<Kind> found) {
    if (found.contains(Kind.WRONG_HERE)) {
      return Commands.PROBLEM;
    }
    return found.stream().anyMatch(THERE_KINDS::contains) ? THERE : Commands.OK;
  }
}
