package io.clusterzone.dns.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.zones.name.Name;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JudgeTest {
  private static final Judge JUDGE =
      new Judge(
          new OurZones(
              Stream.of("cluster.local", "clusterset.local", "in-addr.arpa", "ip6.arpa", "ext.org")
                  .map(Name::parse)
                  .toList()));

  private static final String PAIRS =
      """
      D1  # _tcp.web.shop.svc.cluster.local. A      # NOERROR aa||SOA!              # NXDOMAIN aa||SOA!
      D1  # dns.cluster.local. AAAA                 # NOERROR aa||SOA!              # NXDOMAIN aa||SOA!
      D1  # 96.10.in-addr.arpa. PTR                 # NOERROR aa                    # NXDOMAIN aa
      D1  # east.web.shop.svc.clusterset.local. A   # NOERROR aa                    # NXDOMAIN aa
      D2  # cluster.local. TXT                      # NOERROR aa||SOA!              # NXDOMAIN aa||SOA!
      D2  # shop.svc.cluster.local. TXT             # NOERROR aa||SOA!              # NXDOMAIN aa||SOA!
      D3  # nobody.shop.svc.cluster.local. SOA      # NXDOMAIN aa||SOA!             # NOERROR aa||SOA!
      D4  # dns-version.cluster.local. A            # NOERROR aa||SOA!              # NXDOMAIN aa||SOA!
      D4  # ns.dns.cluster.local. TXT               # NOERROR aa||SOA!              # NXDOMAIN aa||SOA!
      D5  # ext.shop.svc.cluster.local. TYPE65      # NOERROR aa|a. 5 CNAME b.      # NOERROR aa||SOA!
      D6  # 1.0.96.10.in-addr.arpa. TXT             # NOERROR aa                    # NXDOMAIN aa
      D7  # web.shop.svc.cluster.local. ANY         # NOERROR aa|a. 5 A 10.0.0.1    # NOERROR aa||SOA!
      D8  # ext.shop.svc.cluster.local. A           # NXDOMAIN aa|a. 5 CNAME b.     # NOERROR aa||SOA!
      D9  # Cluster.Local. NS                       # NOERROR aa|cluster.local. 5 NS ns.dns.cluster.local. # NOERROR aa||SOA!
      D9  # ns.dns.CLUSTER.local. A                 # NOERROR aa|ns.dns.cluster.local. 5 A 10.0.0.1 # NXDOMAIN aa||SOA!
      D10 # cluster.local. NS                       # NOERROR aa|cluster.local. 5 NS a. # NOERROR aa||SOA!
      D11 # in-addr.arpa. NS                        # NOERROR aa|in-addr.arpa. 5 NS a.cluster.local. # NOERROR aa|in-addr.arpa. 5 NS a.in-addr.arpa.
      D12 # ns.dns.cluster.local.x.cluster.local. A # NXDOMAIN aa                   # NOERROR aa|a. 5 A 10.0.0.1
      D13 # http.tcp.web.shop.svc.cluster.local. SRV # NXDOMAIN aa                  # NOERROR aa|a. 5 SRV 0 100 80 b.
      D13 # _._.web.shop.svc.cluster.local. SRV     # NXDOMAIN aa                   # NOERROR aa|a. 5 SRV 0 100 80 b.
      D14 # 7.0.96.10.in-addr.arpa. PTR             # NXDOMAIN aa                   # silence
      D15 # 1.0.96.10.in-addr.arpa. PTR             # NXDOMAIN aa                   # NOERROR aa|a. 5 PTR b.
      D17 # 0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa. PTR # NXDOMAIN aa # NOERROR aa|a. 5 PTR b.
      D18 # fd00--1.shop.pod.cluster.local. AAAA    # NOERROR aa|a. 5 AAAA fd00::1  # NXDOMAIN aa
      D19 # 10-0-0-1.shop.pod.cluster.local. SRV    # NOERROR aa||SOA!              # NOERROR aa|a. 5 SRV 0 100 0 b.
      D20 # x.10-0-0-1.shop.pod.cluster.local. A    # NXDOMAIN aa                   # NOERROR aa|a. 5 A 10.0.0.1
      D23 # dns-version.clusterset.local. TXT       # NOERROR aa|a. 5 TXT 1.0.0     # NOERROR aa|a. 5 TXT 1.1.0
      D23 # a.b.c.web.shop.svc.clusterset.local. A  # NOERROR aa|a. 5 A 10.0.0.1    # NXDOMAIN aa
      D26 # new.shop.svc.cluster.local. A           # SERVFAIL                      # SERVFAIL aa||SOA!
      D27 # svc.in-addr.arpa. A                     # NXDOMAIN aa                   # NOERROR aa
      D28 # x.web.shop.ext.org. A                   # NXDOMAIN aa                   # NOERROR aa|a. 5 A 192.0.2.1
      D29 # shop.svc.cluster.local. A               # NOERROR aa||SOA!              # SERVFAIL
      D31 # web.shop.svc.cluster.local. A           # NOERROR aa|a. 5 A 10.0.0.1    # NOERROR aa tc|a. 5 A 10.0.0.1
      D35 # example.org. A                          # NOERROR ra|a. 5 A 192.0.2.1   # NOERROR aa ra|a. 5 A 192.0.2.1
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '#', textBlock = PAIRS)
  void knowsDeviationsByTheirPairs(Deviation deviation, String asked, String here, String there) {
    assertThat(lasting(asked, here, there)).isEqualTo(Judgement.wrongThere(deviation));
  }

  /// What is right there and wrong here is no deviation of theirs.
  @ParameterizedTest
  @CsvSource(delimiter = '#', textBlock = PAIRS)
  void isWrongHereTheOtherWayRound(Deviation deviation, String asked, String here, String there) {
    assertThat(lasting(asked, there, here).kind())
        .as(deviation.sentence())
        .isIn(Kind.WRONG_HERE, Kind.OWN_NAMES, Kind.OUTSIDE_VARIES);
  }

  @Test
  void hasAnExampleOfEachDeviationButThoseOfTheWire() {
    Set<Deviation> left = EnumSet.allOf(Deviation.class);
    PAIRS
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .forEach(d -> left.remove(Deviation.valueOf(d)));
    assertThat(left)
        .containsExactly(
            Deviation.D30,
            Deviation.D32,
            Deviation.NO_REPLY,
            Deviation.NO_EDNS,
            Deviation.NO_MESSAGE);
  }

  /// RFC 1035 section 3.2.4: CH is another class than IN, with other data.
  @Test
  void knowsAnswersInAnotherClass() {
    ComparedQuestion question = Replies.question("web.shop.svc.cluster.local. A").withClass(3);
    Round round = round(question, "REFUSED", "NOERROR aa|a. 5 A 10.0.0.1");
    assertThat(atOnce(question, round)).isEqualTo(Judgement.wrongThere(Deviation.D30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          a.cluster.local. A # NXDOMAIN aa # NOERROR aa    # WRONG_HERE
          a.cluster.local. A # silence     # NOERROR aa    # WRONG_HERE
          a.cluster.local. A # garbage     # NOERROR aa    # WRONG_HERE
          a.cluster.local. A # NOERROR aa  # silence       # WRONG_THERE
          a.cluster.local. A # NOERROR aa  # garbage       # WRONG_THERE
          example.org. A     # NOERROR|a. 5 A 192.0.2.1 # NOERROR|a. 5 A 192.0.2.2 # OUTSIDE_VARIES
          """)
  void judgesWhatLasts(String asked, String here, String there, Kind kind) {
    assertThat(lasting(asked, here, there).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          NXDOMAIN # NOERROR # NOERROR  # NOERROR  # LATER_HERE
          NOERROR  # NXDOMAIN # NOERROR # NOERROR  # LATER_THERE
          NOERROR  # NXDOMAIN # SERVFAIL # SERVFAIL # NOT_REPRODUCIBLE
          NOERROR  # silence  # NOERROR # NOERROR  # NOT_REPRODUCIBLE
          silence  # NOERROR  # NOERROR # NOERROR  # NOT_REPRODUCIBLE
          """)
  void judgesWhatIsGoneByWhoChanged(
      String here, String there, String thenHere, String thenThere, Kind kind) {
    ComparedQuestion question = Replies.question("a.b.c.svc.cluster.local. A");
    Finding finding =
        JUDGE.settled(
            question, List.of(round(question, here, there), round(question, thenHere, thenThere)));
    assertThat(finding.judgement().kind()).isEqualTo(kind);
  }

  @Test
  void tellsReplicasThatDisagreeFromWrongAnswers() {
    ComparedQuestion question = Replies.question("a.b.c.svc.cluster.local. A");
    Round round = round(question, "NOERROR aa", "NOERROR aa", "NXDOMAIN aa");
    assertThat(JUDGE.settled(question, List.of(round, round)).judgement().kind())
        .isEqualTo(Kind.THEY_DIFFER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          NOERROR|a. 5 A 1.2.3.4                 # NOERROR|a. 9 A 1.2.3.4                 # TTL_ONLY
          NOERROR|a. 5 A 1.2.3.4;a. 5 A 1.2.3.5  # NOERROR|a. 5 A 1.2.3.5;a. 5 A 1.2.3.4  # ORDER
          """)
  void judgesTtlAndOrderAtOnce(String here, String there, Kind kind) {
    ComparedQuestion question = Replies.question("a.b.c.svc.cluster.local. A");
    assertThat(atOnce(question, round(question, here, there))).isEqualTo(Judgement.of(kind));
  }

  /// RFC 1034 section 4.3.2 steps 3a and 6: what is "useful" may be added beside an answer.
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          || # |z. 5 NS n.z.|                            # OPTIONAL
          || # |z. 5 NS n.z.|n.z. 5 A 10.0.0.9           # OPTIONAL
          || # ||t. 5 A 10.0.0.1;t. 5 AAAA fd00::1       # OPTIONAL
          |z. 5 NS n.z.| # ||                            # OPTIONAL
          |z. 5 NS n.z.| # |z. 5 NS m.z.|                # WRONG_HERE
          || # |SOA!|                                    # WRONG_HERE
          ||t. 5 A 10.0.0.1 # ||t. 5 A 10.0.0.2          # WRONG_HERE
          || # ||t. 5 TXT x                              # WRONG_HERE
          """)
  void takesRecordsBesideAnAnswerAsOptional(String here, String there, Kind kind) {
    String answer = "NOERROR aa|a.b.c.svc.cluster.local. 5 SRV 0 0 1 t.";
    Judgement judged = lasting("a.b.c.svc.cluster.local. SRV", answer + here, answer + there);
    assertThat(judged.kind()).isEqualTo(kind);
  }

  /// Beside a denial it is the SOA that counts.
  @Test
  void takesNothingBesideADenialAsOptional() {
    assertThat(lasting("a.cluster.local. A", "NXDOMAIN aa", "NXDOMAIN aa||z. 5 NS n.z.").kind())
        .isEqualTo(Kind.WRONG_HERE);
  }

  private static Judgement atOnce(ComparedQuestion question, Round round) {
    return Objects.requireNonNull(JUDGE.atOnce(question, round)).judgement();
  }

  private static Judgement lasting(String asked, String here, String there) {
    ComparedQuestion question = Replies.question(asked);
    Round round = round(question, here, there);
    return JUDGE.settled(question, List.of(round, round)).judgement();
  }

  private static Round round(ComparedQuestion question, String here, String... there) {
    return new Round(
        Replies.answer(question, here),
        Stream.of(there).map(one -> Replies.answer(question, one)).toList());
  }
}
