package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.config.read.Manual.Row;
import io.clusterzone.dns.config.text.AddressText;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Line;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.problem.Nearest;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads `hosts`.
final class HostsParser {
  private static final List<Option<Draft>> OPTIONS =
      List.of(
          Option.ttl(
              new Numbers(1, Hosts.MAX_TTL_SECONDS, "a number of seconds"),
              Hosts.DEFAULT_TTL_SECONDS,
              (draft, seconds) -> draft.ttlSeconds = seconds),
          Option.flag("no_reverse", "makes no PTR records", (draft, is) -> draft.reverse = !is),
          Option.duration(
              "reload",
              Durations.upTo(Duration.ofHours(24)),
              Hosts.DEFAULT_RELOAD,
              "how often the file is looked at, besides at once when its directory says that it was"
                  + " touched; 0: never again",
              (draft, interval) -> draft.reload = interval),
          Option.fallthrough(
              "leaves a name that is not there to the directives that come after this one",
              (draft, zones) -> draft.fallthrough = zones),
          new Option<>(
              new Row(
                  "fallthrough_unsupported",
                  "off: NODATA",
                  "only with `fallthrough`",
                  "in the zones of `fallthrough`, leaves questions for other types than A, AAAA and"
                      + " PTR to those directives, also for a name that is there"),
              (arguments, draft) -> draft.unsupported = arguments.hasOnlyItsName()));

  private static final List<String> NAMES = OPTIONS.stream().map(one -> one.row().name()).toList();

  private static final Manual MANUAL =
      new Manual(
          "hosts",
          "hosts [FILE [ZONES...]]",
          "Answers A, AAAA and PTR from a file in the form of `/etc/hosts`.",
          List.of(
              new Row(
                  "FILE",
                  "`" + Hosts.DEFAULT_FILE + "`",
                  "a path",
                  "the file; it need not exist, and is read again when it changes"),
              new Row(
                  "ZONES...",
                  "the zones of the block's keys",
                  "names and prefixes",
                  "the only names that are answered")),
          entryAndOptions(),
          """
          Entries of the block are there besides those of the file, also when `FILE` is not written.
          A `*` as the first label of a name stands for any one label: `*.example.org` is
          `a.example.org`, not `b.a.example.org` and not `example.org`. A name that is written itself
          goes first, and a `*` makes no PTR record. A line of the file or of the block that is not
          understood is passed over, with a warning that says which.\
          """,
          """
          .:53 {
              hosts /etc/coredns/NodeHosts {
                  192.0.2.10 registry.example.org registry
                  ttl 60
                  reload 15s
                  fallthrough
              }
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.once(MANUAL, HostsParser::read);

  private static final class Draft {
    int ttlSeconds = Hosts.DEFAULT_TTL_SECONDS;
    boolean reverse = true;
    Duration reload = Hosts.DEFAULT_RELOAD;
    List<Name> fallthrough = List.of();
    boolean unsupported;
  }

  private HostsParser() {}

  private static List<Row> entryAndOptions() {
    var rows = new ArrayList<Row>();
    rows.add(
        new Row(
            "ADDRESS NAMES...",
            "none",
            "an IP address; names",
            "one more entry; each name is one of the address' PTR records"));
    rows.addAll(Option.rows(OPTIONS));
    return rows;
  }

  private static Directive read(Arguments arguments, BlockContext context) {
    List<Token> words = arguments.words();
    Path file = words.isEmpty() ? Hosts.DEFAULT_FILE : arguments.path(words.getFirst());
    List<Name> zones =
        words.size() < 2 ? context.zones() : arguments.zones(words.subList(1, words.size()));
    var entries = new ArrayList<Hosts.Entry>();
    var options = new ArrayList<Line>();
    for (Line inner : arguments.block()) {
      if (AddressText.isAddress(inner.name())) {
        Hosts.Entry entry = entry(arguments.option(inner));
        if (!entry.names().isEmpty()) {
          entries.add(entry);
        }
      } else if (NAMES.contains(inner.name())) {
        options.add(inner);
      } else {
        arguments.problem(
            ProblemKind.HOSTS_LINE,
            inner.head(),
            "\"%s\" is neither an IP address nor an option, so the line is passed over%s"
                .formatted(inner.name(), Nearest.hint(inner.name(), NAMES)));
      }
    }
    var draft = new Draft();
    Option.readAll(arguments, options, OPTIONS, draft);
    if (draft.unsupported && draft.fallthrough.isEmpty()) {
      arguments.problem("fallthrough_unsupported needs fallthrough beside it");
    }
    return new Hosts(
        file,
        zones,
        entries,
        draft.ttlSeconds,
        draft.reverse,
        draft.reload,
        draft.fallthrough,
        draft.unsupported);
  }

  /// A faulty part of an entry is passed over, as in a file.
  private static Hosts.Entry entry(Arguments arguments) {
    arguments.hasNoBlock();
    if (arguments.count() == 0) {
      arguments.problem(ProblemKind.HOSTS_LINE, "no name follows, so the line is passed over");
    }
    var names = new ArrayList<Name>();
    for (Token word : arguments.words()) {
      try {
        Name name = Name.parse(word.text()).folded();
        if (name.isRoot()) {
          throw new IllegalArgumentException("the root is no host");
        }
        names.add(name);
      } catch (IllegalArgumentException e) {
        arguments.problem(
            ProblemKind.HOSTS_LINE,
            word,
            "\"%s\" is passed over: %s".formatted(word.text(), e.getMessage()));
      }
    }
    return new Hosts.Entry(IpAddress.parse(arguments.name()), names);
  }
}
