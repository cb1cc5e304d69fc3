package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Reload;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.GoDuration;
import io.clusterzone.k8s.kept.KeptFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Reads `reload`.
final class ReloadParser {
  private static final Duration MAX = Duration.ofHours(24);
  private static final Durations INTERVAL = new Durations(Reload.MIN_INTERVAL, MAX);
  private static final Durations JITTER = new Durations(Reload.MIN_JITTER, MAX);

  private static final List<Option<AtomicReference<@Nullable Path>>> OPTIONS =
      List.of(
          Option.kept(
              "last_good",
              KeptFile.Form.COREFILE,
              "keeps the last Corefile that was good there, and starts from it when the Corefile is"
                  + " not good; not in CoreDNS",
              AtomicReference::set));

  private static final Manual MANUAL =
      new Manual(
          "reload",
          "reload [INTERVAL [JITTER]]",
          "Reads the Corefile, what it imports and the files of `forward` again when that changed.",
          List.of(
              new Row(
                  "INTERVAL",
                  GoDuration.format(Reload.DEFAULT_INTERVAL),
                  INTERVAL.range(),
                  "how often to look"),
              new Row(
                  "JITTER",
                  GoDuration.format(Reload.DEFAULT_JITTER),
                  JITTER.range() + "; 0: none",
                  "how far INTERVAL may be off, so that replicas do not reload at once; at most"
                      + " half of INTERVAL, more is cut to that")),
          Option.rows(OPTIONS),
          "A Corefile that is not good changes nothing; what is wrong is logged. The signal SIGUSR1"
              + " makes it read at once, and without the directive too. The directive is"
              + " about the whole process: of several blocks that have it the first one counts.",
          """
          .:53 {
              reload 30s 10s {
                  last_good /var/lib/clusterzone/Corefile
              }
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, ReloadParser::read);

  private ReloadParser() {}

  private static Duration jitter(Arguments arguments) {
    return arguments.text(1).matches("0m?s?") ? Duration.ZERO : JITTER.read(arguments, 1);
  }

  private static Directive read(Arguments arguments, BlockContext context) {
    arguments.has(0, 2, "at most an interval and a jitter");
    Duration interval =
        arguments.count() > 0 ? INTERVAL.read(arguments, 0) : Reload.DEFAULT_INTERVAL;
    Duration jitter = arguments.count() > 1 ? jitter(arguments) : Reload.DEFAULT_JITTER;
    Duration most = interval.dividedBy(2);
    var lastGood = new AtomicReference<@Nullable Path>();
    Option.readAll(arguments, OPTIONS, lastGood);
    return new Reload(interval, jitter.compareTo(most) > 0 ? most : jitter, lastGood.get());
  }
}
