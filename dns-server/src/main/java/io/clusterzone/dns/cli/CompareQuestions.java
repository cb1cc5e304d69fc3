package io.clusterzone.dns.cli;

import io.clusterzone.dns.compare.question.Capture;
import io.clusterzone.dns.compare.question.QueryList;
import io.clusterzone.dns.compare.question.QueryLog;
import io.clusterzone.dns.compare.question.QuestionSource;
import io.clusterzone.dns.compare.question.ZoneQuestions;
import io.clusterzone.zones.zone.Zone;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The questions of a comparison: the zone's own, or recorded ones.
final class CompareQuestions {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description = "Ask what this file lists, a name and a type in each line, as for dnsperf.")
  @Nullable Path queries;

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      description =
          "Ask what was asked in this capture, pcap or pcapng; - follows the standard input to its"
              + " end.")
  @Nullable Path pcap;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "Ask what the lines of the directive log tell, CoreDNS's or ours; - follows the standard"
              + " input to its end.")
  @Nullable Path log;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Without one of these: at most so many questions about the zone. Of a larger zone every"
              + " second name is asked, or every third, and so on. Default: ${DEFAULT-VALUE}.")
  int limit = 100_000;

  /// Questions, what to call them, and their number, which is 0 if nobody knows.
  record Chosen(QuestionSource source, String name, long count) {}

  /// @throws CommandFailure if the options contradict each other
  void check(CompareSide side) {
    List<Path> files = files();
    if (files.size() > 1) {
      throw CommandFailure.usage("the questions come from one of --queries, --pcap and --log");
    }
    if (files.isEmpty() && !side.knowsZones()) {
      throw CommandFailure.usage(
          "with --with, what is in the zone is not known here: name questions with --queries,"
              + " --pcap or --log, or our side with --manifests or --kubeconfig");
    }
    if (limit < 1) {
      throw CommandFailure.usage("--limit takes a number from 1, not " + limit);
    }
    if (files.contains(STANDARD_INPUT) && side.manifests.contains(STANDARD_INPUT)) {
      throw CommandFailure.usage(
          "the standard input cannot be both manifests and questions; put one in a file");
    }
  }

  /// Whether any of it was named.
  boolean isGiven() {
    return !files().isEmpty();
  }

  private List<Path> files() {
    return Stream.of(queries, pcap, log).filter(Objects::nonNull).toList();
  }

  /// Opens the questions.
  ///
  /// @param zones to walk, if no file is named
  /// @throws CommandFailure if a file cannot be read
  Chosen open(List<Zone> zones) {
    List<Path> files = files();
    if (files.isEmpty()) {
      String names =
          zones.stream().map(zone -> zone.apex().toString()).collect(Collectors.joining(", "));
      return new Chosen(ZoneQuestions.of(zones, limit), names, ZoneQuestions.count(zones, limit));
    }
    Path file = files.getFirst();
    String name = file.equals(STANDARD_INPUT) ? "the standard input" : file.toString();
    try {
      InputStream in =
          file.equals(STANDARD_INPUT)
              ? new FileInputStream(FileDescriptor.in)
              : Files.newInputStream(file);
      return new Chosen(source(name, in), name, 0);
    } catch (IOException e) {
      throw CommandFailure.problem("cannot read " + name + ": " + e);
    }
  }

  private QuestionSource source(String name, InputStream in) {
    if (pcap != null) {
      return new Capture(name, in);
    }
    return log != null ? new QueryLog(name, in) : new QueryList(name, in);
  }
}
