package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Health;
import io.clusterzone.dns.config.Pprof;
import io.clusterzone.dns.config.Prometheus;
import io.clusterzone.dns.config.Ready;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.AddressText;
import io.clusterzone.dns.config.text.Arguments;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Reads the directives that listen for HTTP: `health`, `pprof`, `prometheus`, `ready`.
final class HttpDirectives {
  /// The ways to write an address, for a problem.
  static final String FORMS = ":PORT, ADDRESS:PORT, [ADDRESS]:PORT or localhost:PORT";

  private static final List<Option<AtomicReference<Duration>>> HEALTH_OPTIONS =
      List.of(
          Option.duration(
              "lameduck",
              Durations.upTo(Duration.ofHours(1)),
              Health.DEFAULT.lameduck(),
              "how long to go on answering, with `/ready` failing, after SIGTERM",
              AtomicReference::set));

  static final DirectiveSpec HEALTH =
      DirectiveSpec.once(
          manual(
              "health",
              "Says that the process lives: 200 and `OK` at `/health`.",
              "`:8080`",
              Option.rows(HEALTH_OPTIONS),
              "",
              """
              .:53 {
                  health {
                      lameduck 5s
                  }
                  whoami
              }
              """),
          HttpDirectives::readHealth);

  private static final List<Option<BlockContext>> PPROF_OPTIONS =
      List.of(Option.refused("block", "recordings hold what threads wait for; remove the line"));

  static final DirectiveSpec PPROF =
      DirectiveSpec.once(
          manual(
              "pprof",
              "Shows what the process is busy with, below `/debug/`: flight recordings, threads,"
                  + " heap.",
              "`localhost:6053`",
              List.of(),
              """
              * `/debug/jfr?seconds=30&settings=default` records for so long, 1 to 300 seconds, and then
                sends the recording; `settings=profile` looks more often. There is one recording at a
                time, and one larger than 16 MiB loses its beginning.
              * `/debug/threads` is every thread with its stack.
              * `/debug/heap` is how many objects of each class there are; all threads wait until they
                are counted.

              `clusterzone diagnose recording|threads|heap` asks for these, in the container or on the
              host of the server. Recordings are what `jfr` and JDK Mission Control read. While it is
              made, a recording is kept in the directory for temporary files, or in `/dev/shm` where that
              one cannot be written to. Who can reach the address can read names that clients asked for:
              leave it at localhost, and use `kubectl exec` or `kubectl port-forward`.\
              """,
              """
              .:53 {
                  pprof
                  whoami
              }
              """),
          HttpDirectives::readPprof);

  private static final List<Option<BlockContext>> PROMETHEUS_OPTIONS =
      List.of(
          Option.refused(
              "runtime_metrics", "the metrics of this runtime are always there; remove the line"),
          Option.refused(
              "tls",
              "leave the page at localhost, behind a proxy that has TLS, and remove the line"));

  static final DirectiveSpec PROMETHEUS =
      DirectiveSpec.once(
          manual(
              "prometheus",
              "Shows metrics for Prometheus at `/metrics`.",
              "`localhost:9153`",
              List.of(),
              "Blocks may share an address, and then show the same.",
              """
              .:53 {
                  prometheus :9153
                  whoami
              }
              """),
          HttpDirectives::readPrometheus);

  private static final List<Option<AtomicReference<Ready.Monitor>>> READY_OPTIONS =
      List.of(
          Option.words(
              "monitor MODE",
              List.of("until-ready", "continuously"),
              "`until-ready`",
              "whether what was ready once may be found not ready again",
              (monitor, mode) -> monitor.set(List.of(Ready.Monitor.values()).get(mode))));

  static final DirectiveSpec READY =
      DirectiveSpec.once(
          manual(
              "ready",
              "Says whether the server can answer: at `/ready`, 200 and `OK`, or 503 and what is"
                  + " missing.",
              "`:8181`",
              Option.rows(READY_OPTIONS),
              "",
              """
              .:53 {
                  ready
                  whoami
              }
              """),
          HttpDirectives::readReady);

  private HttpDirectives() {}

  private static Manual manual(
      String name,
      String summary,
      String address,
      List<Row> options,
      String notes,
      String example) {
    return new Manual(
        name,
        name + " [ADDRESS]",
        summary,
        List.of(
            new Row(
                "ADDRESS",
                address,
                "`:PORT`, `ADDRESS:PORT`, `[ADDRESS]:PORT` or `localhost:PORT`",
                "where to listen; `:PORT` is on every address of the host")),
        options,
        notes,
        example);
  }

  private static Directive readHealth(Arguments arguments, BlockContext context) {
    var lameduck = new AtomicReference<>(Health.DEFAULT.lameduck());
    Option.readAll(arguments, HEALTH_OPTIONS, lameduck);
    return new Health(address(arguments, Health.DEFAULT.address()), lameduck.get());
  }

  private static Directive readPprof(Arguments arguments, BlockContext context) {
    Option.readAll(arguments, PPROF_OPTIONS, context);
    return new Pprof(address(arguments, Pprof.DEFAULT.address()));
  }

  private static Directive readPrometheus(Arguments arguments, BlockContext context) {
    Option.readAll(arguments, PROMETHEUS_OPTIONS, context);
    return new Prometheus(address(arguments, Prometheus.DEFAULT.address()));
  }

  private static Directive readReady(Arguments arguments, BlockContext context) {
    var monitor = new AtomicReference<>(Ready.DEFAULT.monitor());
    Option.readAll(arguments, READY_OPTIONS, monitor);
    return new Ready(address(arguments, Ready.DEFAULT.address()), monitor.get());
  }

  private static InetSocketAddress address(Arguments arguments, InetSocketAddress fallback) {
    return address(arguments, fallback, FORMS);
  }

  /// The address of the line, or another if there is none.
  ///
  /// @param expected what it may be, for a problem
  static InetSocketAddress address(
      Arguments arguments, InetSocketAddress fallback, String expected) {
    if (!arguments.hasOne("at most one address with a port")) {
      return fallback;
    }
    InetSocketAddress address = AddressText.listener(arguments.text(0));
    if (address == null) {
      arguments.expected(arguments.word(0), expected);
      return fallback;
    }
    return address;
  }
}
