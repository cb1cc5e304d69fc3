package io.clusterzone.dns.compare.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.Field;
import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.compare.OurZones;
import io.clusterzone.dns.compare.QueryReader;
import io.clusterzone.dns.compare.Replies;
import io.clusterzone.dns.compare.question.QuestionSource;
import io.clusterzone.dns.compare.report.Compared;
import io.clusterzone.dns.compare.report.HtmlReport;
import io.clusterzone.dns.compare.report.JsonReport;
import io.clusterzone.dns.compare.report.TextReport;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Three servers with one fault for each name: each difference is found, once, and judged right.
final class ComparisonTest {
  private static final Duration REPLY_TIME = Duration.ofMillis(150);
  private static final Duration LOOK = Duration.ofMillis(20);

  private static final String A = "NOERROR aa rd|N 5 A 10.0.0.1";
  private static final String NODATA = "NOERROR aa rd||SOA!";
  private static final String NXDOMAIN = "NXDOMAIN aa rd||SOA!";

  /// Replies to one question, parted by `>` where a server says another thing the next time; the
  /// last one stays.
  ///
  /// @param replica of the other server; empty is what `there` says
  private record Row(String asked, Kind kind, String here, String there, String replica) {
    Row(String asked, Kind kind, String here, String there) {
      this(asked, kind, here, there, there);
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("timeout.svc.cluster.local. A", Kind.WRONG_THERE, A, "silence"),
          new Row("deaf.svc.cluster.local. A", Kind.WRONG_HERE, "silence", A),
          new Row("lost.svc.cluster.local. A", Kind.NOT_REPRODUCIBLE, A, "silence>silence>" + A),
          new Row("malformed.svc.cluster.local. A", Kind.WRONG_THERE, A, "garbage"),
          new Row("broken.svc.cluster.local. A", Kind.WRONG_HERE, "garbage", A),
          new Row("opcode.svc.cluster.local. A", Kind.WRONG_HERE, A, "opcode"),
          new Row("question.svc.cluster.local. A", Kind.WRONG_HERE, A, "question"),
          new Row("rcode.svc.cluster.local. A", Kind.WRONG_HERE, A, "SERVFAIL rd"),
          new Row("flags.svc.cluster.local. A", Kind.WRONG_HERE, A, A.replace(" aa", "")),
          new Row(
              "types.svc.cluster.local. A",
              Kind.WRONG_HERE,
              A,
              "NOERROR aa rd|N 5 CNAME a.;a. 5 A 10.0.0.1"),
          new Row("data.svc.cluster.local. A", Kind.WRONG_HERE, A, A.replace("0.1", "0.2")),
          new Row("authority.svc.cluster.local. A", Kind.WRONG_HERE, A, A + "|N 5 TXT a"),
          new Row("additional.svc.cluster.local. A", Kind.WRONG_HERE, A, A + "||a. 5 TXT a"),
          new Row("servers.svc.cluster.local. A", Kind.OPTIONAL, A, A + "|N 5 NS a."),
          new Row("edns.svc.cluster.local. A", Kind.WRONG_HERE, A, "edns"),
          new Row("ttl.svc.cluster.local. A", Kind.TTL_ONLY, A, A.replace("5 A", "9 A")),
          new Row(
              "order.svc.cluster.local. A",
              Kind.ORDER,
              A + ";N 5 A 10.0.0.2",
              "NOERROR aa rd|N 5 A 10.0.0.2;N 5 A 10.0.0.1"),
          new Row("_tcp.web.shop.svc.cluster.local. A", Kind.WRONG_THERE, NODATA, NXDOMAIN),
          new Row("cluster.local. TXT", Kind.WRONG_THERE, NODATA, NXDOMAIN),
          new Row("late.shop.svc.cluster.local. A", Kind.LATER_THERE, A, NXDOMAIN + ">" + A),
          new Row(
              "latest.shop.svc.cluster.local. A",
              Kind.LATER_THERE,
              A,
              NXDOMAIN + ">" + NXDOMAIN + ">" + A),
          new Row("slow.shop.svc.cluster.local. A", Kind.LATER_HERE, NXDOMAIN + ">" + A, A),
          new Row("replica.shop.svc.cluster.local. A", Kind.THEY_DIFFER, A, A, NXDOMAIN),
          new Row(
              "www.example.org. A",
              Kind.OUTSIDE_VARIES,
              A,
              A.replace("0.1", "0.2>x").split(">", 2)[0]),
          new Row(
              "cut.svc.cluster.local. A", Kind.WRONG_HERE, A, "tcp " + A.replace("0.1", "0.7")));

  private static final List<String> AGREED =
      List.of("same.svc.cluster.local. A", "whole.svc.cluster.local. A");

  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  @Test
  void findsEachKindOfDifferenceOnceAndJudgesIt() throws IOException {
    Map<String, String> here = new HashMap<>();
    Map<String, String> there = new HashMap<>();
    Map<String, String> replica = new HashMap<>();
    List<ComparedQuestion> questions = new ArrayList<>();
    for (Row row : ROWS) {
      ComparedQuestion question = Replies.question(row.asked());
      questions.add(question);
      here.put(Kept.question(question), row.here());
      there.put(Kept.question(question), row.there());
      replica.put(Kept.question(question), row.replica());
    }
    for (String same : AGREED) {
      ComparedQuestion question = Replies.question(same);
      questions.add(question);
      here.put(Kept.question(question), same.startsWith("whole") ? "tcp " + A : A);
      there.put(Kept.question(question), A);
      replica.put(Kept.question(question), A);
    }
    Tally tally = compare(questions, here, there, replica);
    Map<String, String> judged = new TreeMap<>();
    tally.kept().forEach(one -> judged.put(one.question(), one.judgement().kind().toString()));
    Map<String, String> expected = new TreeMap<>();
    ROWS.forEach(row -> expected.put(row.asked(), row.kind().toString()));
    assertThat(judged).isEqualTo(expected);
    assertThat(tally.agreements()).isEqualTo(AGREED.size());
    assertThat(tally.differences()).isEqualTo(ROWS.size());
    assertThat(Field.values()).allSatisfy(field -> assertThat(tally.count(field)).isPositive());
    assertThat(tally.questions()).isEqualTo(ROWS.size() + AGREED.size());
    countsAgainFromJson(new Compared("here", List.of("there", "replica"), "a test", 1, tally));
  }

  private Tally compare(
      List<ComparedQuestion> questions,
      Map<String, String> here,
      Map<String, String> there,
      Map<String, String> replica)
      throws IOException {
    try (var ours = server("here", here);
        var theirs = server("there", there);
        var other = server("replica", replica)) {
      var options =
          new CompareOptions(
              ours.address(),
              List.of(theirs.address(), other.address()),
              new OurZones(List.of(Name.parse("cluster.local"))),
              false,
              0,
              REPLY_TIME,
              LOOK,
              LOOK,
              Set.of());
      var comparison = new Comparison(options, _ -> {});
      comparison.run(QuestionSource.of(questions.iterator()));
      return comparison.tally();
    }
  }

  private FaultyServer server(String name, Map<String, String> replies) throws IOException {
    return new FaultyServer((query, tcp) -> {
      ComparedQuestion question = Objects.requireNonNull(QueryReader.read(ByteBuffer.wrap(query)));
      String key = Kept.question(question);
      String[] said = replies.getOrDefault(key, "REFUSED").split(">", -1);
      int times = tcp ? 0 : asked.merge(name + key, 1, Integer::sum) - 1;
      String reply = said[Math.min(times, said.length - 1)];
      return octets(query, question, named(reply, question), tcp);
    });
  }

  private static byte @Nullable [] octets(
      byte[] query, ComparedQuestion question, String reply, boolean tcp) {
    byte @Nullable [] octets =
        switch (reply) {
          case "silence" -> null;
          case "garbage" -> new byte[5];
          case "opcode" -> changed(plain(question), 2, 0x28);
          case "question" -> changed(plain(question), 14, 'Q');
          case "edns" -> withOpt(plain(question));
          default -> {
            boolean cut = reply.startsWith("tcp ") && !tcp;
            byte[] whole = Replies.octets(question, reply.replace("tcp ", ""));
            yield cut ? changed(whole, 2, 0x02) : whole;
          }
        };
    if (octets != null) {
      octets[0] = query[0];
      octets[1] = query[1];
    }
    return octets;
  }

  /// With the name that was asked in place of N.
  private static String named(String reply, ComparedQuestion question) {
    return reply.replaceAll("(?<=[|;])N ", Matcher.quoteReplacement(question.name() + " "));
  }

  private static byte[] plain(ComparedQuestion question) {
    return Replies.octets(question, named(A, question));
  }

  private static byte[] changed(byte[] octets, int at, int bits) {
    octets[at] = at == 14 ? (byte) bits : (byte) (octets[at] | bits);
    return octets;
  }

  private static byte[] withOpt(byte[] octets) {
    ByteBuffer longer = ByteBuffer.allocate(octets.length + 11).put(octets);
    longer.put((byte) 0).putShort((short) 41).putShort((short) 1232).putInt(0x8000);
    return longer.putShort((short) 0).putShort(10, (short) 1).array();
  }

  /// Another count of the same thing: from the list of differences in the JSON alone.
  private static void countsAgainFromJson(Compared compared) {
    var text = new StringWriter();
    JsonReport.write(compared, text);
    JsonNode root = new JsonMapper().readTree(text.toString());
    Map<String, Long> judgements = new TreeMap<>();
    Map<String, Long> groups = new TreeMap<>();
    for (JsonNode one : root.get("differences")) {
      judgements.merge(one.get("judgement").asString(), 1L, Long::sum);
      groups.merge(group(one), 1L, Long::sum);
    }
    Map<String, Long> told = new TreeMap<>();
    root.get("judgements")
        .forEach(one -> {
          if (one.get("count").asLong() > 0) {
            told.put(one.get("judgement").asString(), one.get("count").asLong());
          }
        });
    Map<String, Long> toldGroups = new TreeMap<>();
    root.get("groups").forEach(one -> toldGroups.put(group(one), one.get("count").asLong()));
    assertThat(told).isEqualTo(judgements);
    assertThat(toldGroups).isEqualTo(groups);
    long all = judgements.values().stream().mapToLong(Long::longValue).sum();
    assertThat(root.get("questions").asLong())
        .isEqualTo(all + root.get("agreed").asLong() + root.get("unanswered").asLong());
    for (JsonNode server : root.get("latencies")) {
      long replies = 0;
      for (JsonNode bar : server.get("histogram")) {
        replies += bar.get("count").asLong();
      }
      assertThat(server.get("replies").asLong()).isEqualTo(replies);
    }
  }

  private static String group(JsonNode node) {
    return Stream.of("judgement", "deviation", "field", "here", "there")
        .map(property -> node.path(property).asString(""))
        .toList()
        .toString();
  }

  /// Whatever a server or an asker writes into a name is text to a browser and to a terminal.
  @Test
  void escapesNamesInReports() throws IOException {
    String hostile = "\\<script>@|red\\027[2J&\"'.svc.cluster.local. A";
    ComparedQuestion question = Replies.question(hostile);
    String key = Kept.question(question);
    Tally tally =
        compare(
            List.of(question),
            Map.of(key, "NOERROR aa rd|x. 5 A 10.0.0.1"),
            Map.of(key, NXDOMAIN),
            Map.of(key, NXDOMAIN));
    var compared = new Compared("<here>", List.of("there", "other"), "a & b", 1, tally);
    var html = new StringBuilder();
    HtmlReport.write(compared, html);
    assertThat(html).contains("&lt;script&gt;\\@|red\\027[2J&amp;", "&lt;here&gt;", "a &amp; b");
    assertThat(html).doesNotContain("<script").doesNotContain("<here").doesNotContain("\u001b");
    var text = new StringWriter();
    TextReport.write(compared, true, new PrintWriter(text, true), Ansi.ON);
    assertThat(text.toString()).contains("<script>\\@|red\\027[2J").doesNotContain("\u001b[2J");
  }

  @Test
  void comparesWhatCameBeforeAFault() {
    var source =
        new QuestionSource() {
          private int given;

          @Override
          public ComparedQuestion next() throws IOException {
            if (given++ == 1) {
              throw new IOException("file: at octet 7: damaged");
            }
            return Replies.question("same.svc.cluster.local. A");
          }
        };
    assertThatThrownBy(
            () -> {
              try (var one = server("one", Map.of())) {
                var options =
                    new CompareOptions(
                        one.address(),
                        List.of(one.address()),
                        new OurZones(List.of(Name.parse("cluster.local"))),
                        true,
                        0,
                        REPLY_TIME,
                        LOOK,
                        LOOK,
                        Set.of());
                var comparison = new Comparison(options, _ -> {});
                try {
                  comparison.run(source);
                } finally {
                  assertThat(comparison.tally().agreements()).isEqualTo(1);
                }
              }
            })
        .hasMessage("file: at octet 7: damaged");
  }
}
