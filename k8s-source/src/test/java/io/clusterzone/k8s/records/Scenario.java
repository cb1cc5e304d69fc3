package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// One scenario of a file: a cluster, changed step by step, and questions with the answers that a
/// specification asks for. A line is one of:
///
/// ```
///   # the sentence that the questions below it prove
///   options WORD...                   see OptionsText; before anything else
///   unsynced                          nothing has been reported completely
///   synced KIND...                    these kinds now have
///   namespace NS ...                  an object, see ClusterText
///   skipped KIND NS/NAME              that a part of the object has no record was reported
///   ? NAME TYPE = ANSWER              ANSWER: nodata, nxdomain, not-ready, elsewhere,
///                                     or RECORD, RECORD...
///   ? NAME TYPE = RECORD... + RECORD...   and these records in the additional section
///   ? NAME TYPE = RECORD... @ TTL         and this TTL
/// ```
///
/// Names without a last dot are relative to `cluster.local.`. All objects between two questions are
/// one batch of events.
final class Scenario {
  private final String title;
  private final List<String> lines;
  private final int firstLine;

  Scenario(String title, List<String> lines, int firstLine) {
    this.title = title;
    this.lines = lines;
    this.firstLine = firstLine;
  }

  String title() {
    return title;
  }

  /// Runs it, and says what went otherwise than expected.
  List<String> failures() {
    return new Run().failures();
  }

  private final class Run {
    private final TestResolver resolver = new TestResolver();
    private final List<ClusterEvent> batch = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final FailingListener reports = new FailingListener();
    private ZonePublisher publisher = publisher("");
    private String rule = "";

    private Run() {
      for (Kind kind : Kind.values()) {
        batch.add(new ClusterEvent.Synced(kind));
      }
    }

    List<String> failures() {
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        try {
          step(line);
        } catch (AssertionError e) {
          failures.add(
              "line %d: %s%n    %s%n    %s".formatted(firstLine + i, line, e.getMessage(), rule));
        }
      }
      return failures;
    }

    private void step(String line) {
      String word = line.split(" ", 2)[0];
      String rest = line.substring(word.length()).strip();
      switch (word) {
        case "" -> {}
        case "#" -> rule = rest;
        case "options" -> publisher = publisher(rest);
        case "unsynced" -> batch.clear();
        case "synced" -> synced(rest);
        case "skipped" -> skipped(rest);
        case "?" -> ask(rest);
        default -> batch.add(ClusterText.event(line));
      }
    }

    private ZonePublisher publisher(String options) {
      return new ZonePublisher(
          OptionsText.parse(options), () -> Instant.ofEpochSecond(1_700_000_000), reports);
    }

    private void synced(String kinds) {
      for (String kind : kinds.split(" +", -1)) {
        batch.add(new ClusterEvent.Synced(Kind.valueOf(kind.toUpperCase(Locale.ROOT))));
      }
    }

    private void publish() {
      if (!batch.isEmpty()) {
        publisher.apply(batch);
        batch.clear();
      }
    }

    private void skipped(String object) {
      publish();
      if (!reports.skipped.contains(object)) {
        throw new AssertionError("not reported; reported were " + reports.skipped);
      }
    }

    private void ask(String row) {
      publish();
      String[] sides = row.split(" = ", 2);
      String[] question = sides[0].strip().split(" +", -1);
      Message reply = resolver.ask(publisher.table().current(), absolute(question[0]), question[1]);
      compare(reply, sides[1].strip());
    }

    private void compare(Message reply, String expected) {
      String[] ttl = expected.split(" @ ", 2);
      String[] sections = ttl[0].split(" \\+ ", 2);
      require(sorted(sections[0]), AnswerText.of(reply));
      if (sections.length == 2) {
        require(sorted(sections[1]), AnswerText.additional(reply));
      }
      if (ttl.length == 2) {
        for (Record record : reply.getSection(Section.ANSWER)) {
          require(ttl[1].strip(), Long.toString(record.getTTL()));
        }
      }
    }
  }

  private static String absolute(String name) {
    return name.equals("@") ? "cluster.local." : name.endsWith(".") ? name : name + AnswerText.ZONE;
  }

  private static String sorted(String records) {
    return Arrays.stream(records.strip().split(", *", -1))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static void require(String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError("the answer is " + actual + " and not " + expected);
    }
  }
}
