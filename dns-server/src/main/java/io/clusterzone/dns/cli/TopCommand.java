package io.clusterzone.dns.cli;

import io.clusterzone.dns.server.ProcessOutput;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `clusterzone top`: what a running server is asked most, again and again on a terminal. The
/// server makes the text; an interrupt is the usual end.
@Command(
    name = "top",
    description = "Show what a running server is asked most.",
    footer = {
      "",
      "Ranks cover the last one to two minutes, or ten to twenty with --window 10m. Under more than",
      "some hundred queries a second a sample is looked at, and counts are scaled; frequent names are",
      "surely there, rare ones are part of the rest. Queries per second, codes and types are exact.",
      "",
      "clusterzone top --by namespace",
      "clusterzone top --labels 2 --rcode NXDOMAIN",
      "clusterzone top --slow --once --output json",
      "kubectl exec POD -- clusterzone top --by client"
    })
final class TopCommand extends BaseCommand {
  private static final String CLEAR = "\u001b[H\u001b[2J";

  /// Gaps without an answer after which it is given up.
  private static final int PATIENCE = 5;

  enum Key {
    NAME,
    LABELS,
    NAMESPACE,
    CLIENT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Form {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// For the shell.
  static final class Windows extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Windows() {
      super(List.of("1m", "10m"));
    }
  }

  @Mixin private final AdminServerOption server = new AdminServerOption();

  @Option(
      names = "--by",
      paramLabel = "KEY",
      description = "Rank by name, labels, namespace or client. Default: name.")
  private @Nullable Key by;

  @Option(
      names = "--labels",
      paramLabel = "N",
      description = "Rank by the last N labels of names, 1 to 6. Default with --by labels: 2.")
  private @Nullable Integer labels;

  @Option(
      names = "--rcode",
      paramLabel = "CODE",
      description = "Count queries with this response code alone, such as NXDOMAIN.")
  private @Nullable String rcode;

  @Option(names = "--slow", description = "Show the queries that took longest, not ranks.")
  private boolean slow;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      completionCandidates = Windows.class,
      description = "The time that counts: 1m or 10m. Default: ${DEFAULT-VALUE}.")
  private String window = "1m";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Rows to show, 1 to 500. Default: ${DEFAULT-VALUE}.")
  private int count = 20;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "The time between looks, 1 to 3600. Default: ${DEFAULT-VALUE}.")
  private int interval = 2;

  @Option(
      names = "--once",
      description = "Print it once and end, as without a terminal to print to.")
  private boolean once;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      description = "text or json, which is printed once. Default: ${DEFAULT-VALUE}.")
  private Form output = Form.TEXT;

  @Override
  public Integer call() throws InterruptedException {
    check();
    AdminClient client = server.client();
    if (once || output == Form.JSON || !isTerminal()) {
      print(client.get("/top", parameters()));
      return Commands.OK;
    }
    Signals.on("INT", () -> ProcessOutput.end(Commands.OK));
    watch(client);
    return Commands.OK;
  }

  private void check() {
    if (interval < 1 || interval > 3600) {
      throw CommandFailure.usage("--interval takes 1 to 3600 seconds, not " + interval);
    }
    if (slow && (by != null || labels != null)) {
      throw CommandFailure.usage("--slow lists single queries: leave out --by and --labels");
    }
    if (labels != null && by != null && by != Key.LABELS) {
      throw CommandFailure.usage("--labels goes with --by labels, not with --by " + by);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // it is null where the image has no module for it
  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  private Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    put(parameters, "by", by);
    put(parameters, "labels", labels);
    put(parameters, "rcode", rcode);
    put(parameters, "slow", slow ? "true" : null);
    put(parameters, "window", window);
    put(parameters, "count", count);
    put(parameters, "output", output);
    return parameters;
  }

  private static void put(
      Map<String, List<String>> parameters, String name, @Nullable Object value) {
    if (value != null) {
      parameters.put(name, List.of(value.toString()));
    }
  }

  /// A server that restarts is waited for. Returns only by an exception.
  private void watch(AdminClient client) throws InterruptedException {
    boolean seen = false;
    for (int failures = 0; ; ) {
      try {
        print(CLEAR + client.get("/top", parameters()));
        seen = true;
        failures = 0;
      } catch (CommandFailure e) {
        if (!seen || e.exitCode() == Commands.USAGE || ++failures == PATIENCE) {
          throw e;
        }
        print(e.getMessage() + "; trying again\n");
      }
      Thread.sleep(Duration.ofSeconds(interval));
    }
  }

  private void print(String text) {
    PrintWriter out = out();
    out.print(text);
    out.flush();
  }
}
