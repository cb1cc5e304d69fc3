package io.clusterzone.dns.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The checks that read the page `/status`, on pages made by hand, and the report.
final class StatusChecksTest {
  private static final Subjects.Here HERE =
      new Subjects.Here(false, Path.of("none"), 53, 9153, Duration.ofMillis(1));

  private static Subjects subjects(String... pages) {
    Queue<String> left = new ArrayDeque<>(List.of(pages));
    var server =
        new RunningServer(
            "it", "127.0.0.1", () -> left.size() > 1 ? left.remove() : left.element());
    return new Subjects(null, List.of(server), List.of(), List.of(), HERE);
  }

  private static String failed(String... pages) throws InterruptedException {
    var text = new StringBuilder();
    for (Finding finding : Doctor.examine(subjects(pages))) {
      if (finding.is(Finding.State.FAILED)) {
        assertThat(finding.advice()).isNotEmpty();
        text.append(finding.check()).append(": ").append(finding.text()).append('\n');
      }
    }
    return text.toString().strip();
  }

  private static String cluster(String fields) {
    return "{\"clusters\": [{\"zone\": \"a.\", \"known\": true, " + fields + "}]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "kind": "pods", "synced": true, "proof_age_seconds": 3 |
          "kind": "pods", "synced": false, "proof_age_seconds": -1 | it a. pods: not learnt, never proven fresh
          "kind": "pods", "stale": true, "proof_age_seconds": 9, "problems": ["p"] | it a. pods: only from the snapshot, last proven fresh 9 s ago: p
          "kind": "pods", "synced": true, "proof_age_seconds": 400 | it a. pods: last proven fresh 400 s ago
          "kind": "pods", "synced": true, "proof_age_seconds": 4, "problems": ["p", "p"] | it a. pods: last proven fresh 4 s ago: p
          """)
  void judgesTheFreshnessOfAKind(String kind, String expected) throws Exception {
    assertThat(failed(cluster("\"kinds\": [{" + kind + "}]")))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void judgesWhatElseIsOld() throws Exception {
    assertThat(failed("{\"clusters\": [{\"zone\": \"a.\", \"known\": false}]}"))
        .isEqualTo("it a.: the cluster is not known yet; its names are answered SERVFAIL");
    assertThat(
            failed(
                cluster("\"looks\": [{\"source\": \"F\", \"age_seconds\": 99, \"late\": true}]")))
        .isEqualTo("it a. F: looked at 99 s ago");
  }

  @Test
  void judgesAQueueByItsGrowth() throws Exception {
    String seven = cluster("\"queued\": 7");
    String nine = cluster("\"queued\": 9");
    assertThat(failed(seven, nine))
        .isEqualTo("it a. queue: 9 objects wait to be published, 7 before");
    assertThat(failed(nine, seven)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tls://192.0.2.1:853 | up | ''
          tls://192.0.2.1:853 | down | the server finds that it does not answer
          192.0.2.1:53 | loops | the server's own questions come back to it
          127.0.0.53:53 | up | it is the host's stub resolver: in a Pod nothing listens there, and on a host it may ask the cluster's DNS again
          127.0.0.1:1 | up | cannot be asked: nothing listens there
          """)
  void judgesAnUpstream(String address, String state, String expected) throws Exception {
    String page =
        "{\"upstreams\": [{\"address\": \"%s\", \"state\": \"%s\"}]}".formatted(address, state);
    assertThat(failed(page))
        .isEqualTo(expected.isEmpty() ? "" : "upstream " + address + ": " + expected);
  }

  @Test
  void judgesAnUpstreamThatIsTheServer() throws Exception {
    assertThat(
            failed(
                """
                {"listeners": ["0.0.0.0:1"], "upstreams": [{"address": "127.0.0.1:1", "state": "up"}]}
                """))
        .contains("upstream 127.0.0.1:1: it is the server itself", "TCP 127.0.0.1:1: cannot be");
  }

  @Test
  void tellsWhyAServerIsNotReached() throws Exception {
    var away =
        new RunningServer(
            "it",
            "127.0.0.1",
            () -> {
              throw new IOException("it is away");
            });
    var odd = new RunningServer("odd", "127.0.0.1", () -> "<html>");
    var subjects = new Subjects(null, List.of(away, odd), List.of(), List.of(), HERE);
    assertThat(DoctorReport.text(Doctor.examine(subjects)))
        .contains(
            "running server it: it is away",
            "running server odd: odd has a page /status that is no JSON",
            "not looked at: servers: no page /status could be read");
  }

  @Test
  void asksAnAddressByDnsAlone() throws Exception {
    var nobody = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
    var subjects = new Subjects(null, List.of(), List.of(nobody), List.of(), HERE);
    assertThat(DoctorReport.text(Doctor.examine(subjects)))
        .contains("      UDP 127.0.0.1:1: cannot be asked: nothing listens there");
  }

  @Test
  void writesEachCheckAsJson() {
    var findings = new Findings(Section.API);
    findings.passed("a", "b\u001b[0m");
    findings.failed("c", "d\u001b[0m", "e");
    assertThat(DoctorReport.json(findings.all()))
        .contains("\"well\": false", "\"section\": \"api\"", "\"state\": \"passed\"")
        .contains("\"advice\": \"e\"");
    assertThat(DoctorReport.text(findings.all())).contains("c: d?[0m").doesNotContain("\u001b");
  }

  @Test
  void readsDigestsOfAMetricsPage() {
    assertThat(
            MetricsPage.digests(
                """
                clusterzone_zone_digest{server="dns://:53",zone="a."} 17
                clusterzone_zone_digest{server="dns://:54",zone="a."} 18
                clusterzone_zone_digest{server="dns://:53",zone="b."} 19
                clusterzone_told_zones 20
                """))
        .containsEntry("a.", new TreeSet<>(List.of("17", "18")))
        .containsEntry("b.", new TreeSet<>(List.of("19")))
        .hasSize(2);
  }
}
