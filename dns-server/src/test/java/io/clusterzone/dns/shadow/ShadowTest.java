package io.clusterzone.dns.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.compare.Deviation;
import io.clusterzone.dns.compare.Field;
import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.config.Acl;
import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.step.AclStep;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Replies that are repeated, compared and judged.
final class ShadowTest {
  private static final String WEB = "web.cluster.local";

  @Test
  void agreesWithAServerThatSaysTheSame() throws Exception {
    try (var bench = new ShadowBench(Shadow.ALL)) {
      bench.ask(WEB);
      bench.ask("missing.cluster.local");
      await().until(() -> bench.counts().agreed.sum() == 2);
      assertThat(bench.shadowing.differences()).isEmpty();
      assertThat(bench.counts().asked.sum()).isEqualTo(2);
      assertThat(bench.metrics())
          .contains("clusterzone_shadow_agreed_total{to=\"127.0.0.1:")
          .contains("clusterzone_shadow_duration_seconds_count{to=\"127.0.0.1:");
    }
  }

  @Test
  void sendsNothingOfTheClients() throws Exception {
    try (var bench = new ShadowBench(Shadow.ALL)) {
      Message query = ShadowBench.question("WEB.cluster.local", Type.A);
      query.removeAllRecords(Section.ADDITIONAL);
      query.getHeader().setFlag(Flags.AD);
      var subnet = new ClientSubnetOption(24, java.net.InetAddress.ofLiteral("192.0.2.0"));
      query.addRecord(
          new OPTRecord(4096, 0, 0, ExtendedFlags.DO, List.of(subnet)), Section.ADDITIONAL);
      bench.ask(query);
      await().until(() -> !bench.other.received().isEmpty());
      Message sent = bench.other.received().getFirst().query();
      assertThat(sent.getQuestion().getName().toString()).isEqualTo("web.cluster.local.");
      assertThat(sent.getOPT().getOptions(EDNSOption.Code.CLIENT_SUBNET)).isEmpty();
      assertThat(sent.getOPT().getOptions())
          .singleElement()
          .satisfies(option -> assertThat(option.getCode()).isEqualTo(65_253));
      assertThat(sent.getOPT().getPayloadSize()).isEqualTo(1232);
      assertThat(sent.getOPT().getFlags()).isEqualTo(ExtendedFlags.DO);
      assertThat(sent.getHeader().getFlag(Flags.RD)).isTrue();
      assertThat(sent.getHeader().getFlag(Flags.AD)).isFalse();
    }
  }

  /// Also of itself: what is repeated is not repeated again.
  @Test
  void repeatsNoRepeatedQuery() throws Exception {
    try (var bench = new ShadowBench(Shadow.ALL)) {
      bench.ask(WEB);
      await().until(() -> bench.counts().agreed.sum() == 1);
      bench.ask(bench.other.received().getFirst().query());
      bench.ask(WEB);
      await().until(() -> bench.counts().agreed.sum() == 2);
      assertThat(bench.other.received()).hasSize(2);
    }
  }

  @Test
  void knowsWhoLearnsLater() throws Exception {
    try (var bench = new ShadowBench(Shadow.ALL)) {
      bench.setHere("new.cluster.local", "10.96.0.2");
      bench.ask("new.cluster.local");
      await().until(() -> bench.shadowing.disputed() == 1);
      bench.setThere("new.cluster.local", "10.96.0.2");
      ShadowBench.awaitOne(() -> bench.differences(Kind.LATER_THERE));
      bench.setThere(WEB, "10.96.0.3");
      bench.ask(WEB);
      await().until(() -> bench.shadowing.disputed() == 1);
      bench.setHere(WEB, "10.96.0.3");
      ShadowBench.awaitOne(() -> bench.differences(Kind.LATER_HERE));
      assertThat(bench.metrics())
          .containsPattern("learned_first_seconds_count\\{.*who=\"here\"} 1\n")
          .containsPattern("learned_first_seconds_count\\{.*who=\"there\"} 1\n");
      assertThat(bench.shadowing.differences())
          .extracting(kept -> kept.judgement().kind())
          .containsExactly(Kind.LATER_HERE, Kind.LATER_THERE);
    }
  }

  /// Asked again until the TTL is over, and then told with both replies, once for each question.
  @Test
  void keepsADifferenceThatStays() throws Exception {
    try (var bench = new ShadowBench(Shadow.ALL)) {
      bench.setThere(WEB, "10.96.0.66");
      bench.ask(WEB);
      bench.ask(WEB);
      ShadowBench.awaitOne(() -> bench.differences(Kind.WRONG_HERE));
      bench.ask(WEB);
      await().until(() -> bench.differences(Kind.WRONG_HERE) == 3);
      assertThat(bench.shadowing.disputed()).isZero();
      KeptDifference kept = bench.shadowing.differences().getFirst();
      assertThat(bench.shadowing.differences()).hasSize(1);
      assertThat(kept.question()).isEqualTo("web.cluster.local. A");
      assertThat(kept.difference().field()).isEqualTo(Field.ANSWER_DATA);
      assertThat(kept.here()).contains("answer: web.cluster.local. 5 IN A 10.96.0.1");
      assertThat(kept.there()).contains("answer: web.cluster.local. 5 IN A 10.96.0.66");
      assertThat(kept.count()).isEqualTo(3);
      assertThat(kept.first()).isBefore(kept.last());
      assertThat(bench.counts().asked.sum()).isEqualTo(3);
      assertThat(bench.counts().askedAgain.sum()).isPositive();
    }
  }

  /// RFC 8020 section 2: a name with names below it exists.
  @Test
  void knowsDeviationsAtOnce() throws Exception {
    try (var bench = new ShadowBench(Shadow.ALL)) {
      bench.set("_http._tcp.web.shop.svc.cluster.local", "10.96.0.1");
      bench.other.behave(query ->
          List.of(
              Replies.negative(
                      query.query(),
                      Rcode.NXDOMAIN,
                      "cluster.local. 5 IN SOA ns.dns.cluster.local. h. 1 7200 1800 86400 5")
                  .toWire()));
      bench.ask("_tcp.web.shop.svc.cluster.local");
      ShadowBench.awaitOne(() -> bench.differences(Kind.WRONG_THERE));
      assertThat(bench.shadowing.differences().getFirst().judgement().deviation())
          .isEqualTo(Deviation.D1);
    }
  }

  /// Speaking EDNS does not change with the cluster: nothing is to be waited for.
  @Test
  void asksNotAgainForWhatStays() throws Exception {
    try (var bench = new ShadowBench(Shadow.ALL)) {
      bench.other.behave(query -> {
        Message reply = message(bench.replyThere(query.query()));
        reply.removeAllRecords(Section.ADDITIONAL);
        return List.of(reply.toWire());
      });
      bench.ask(WEB);
      await().until(() -> !bench.shadowing.differences().isEmpty());
      assertThat(bench.shadowing.differences().getFirst().difference().field())
          .isEqualTo(Field.EDNS);
      assertThat(bench.counts().askedAgain.sum()).isZero();
    }
  }

  private static Message message(byte[] octets) {
    try {
      return new Message(octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tellsReplicasThatDisagree() throws Exception {
    try (var second =
        FakeUpstream.answering(query -> Replies.answer(query, "@ 5 IN A 10.96.0.66"))) {
      try (var bench = new ShadowBench(Shadow.ALL, List.of(second.address()))) {
        bench.ask(WEB);
        bench.ask(WEB);
        var peer = Objects.requireNonNull(bench);
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> peer.metrics().contains("judgement=\"they_differ\"} 1"));
      }
    }
  }

  /// What `acl` refuses is nobody else's business.
  @Test
  void repeatsNothingThatAclKeepsOut() throws Exception {
    var policy = new Acl.Policy(Acl.Action.BLOCK, Set.of(28), List.of());
    var rule = new Acl.Rule(List.of(Name.ROOT), List.of(policy));
    try (var bench = new ShadowBench(Shadow.ALL, List.of(), new AclStep(new Acl(List.of(rule))))) {
      bench.ask(ShadowBench.question(WEB, Type.AAAA));
      bench.ask(ShadowBench.question(WEB, Type.A));
      await().until(() -> bench.counts().agreed.sum() == 1);
      assertThat(bench.other.received())
          .singleElement()
          .satisfies(query -> assertThat(query.query().getQuestion().getType()).isEqualTo(Type.A));
    }
  }

  /// The stages whose replies are chosen, without and with `queries all`.
  @ParameterizedTest
  @CsvSource({
    "KUBERNETES, true, true", "HOSTS, false, true", "CACHE, false, true", "FORWARD, false, true",
    "ACL, false, false", "LOOP, false, false", "ANY, false, false", "CHAOS, false, false",
    "WHOAMI, false, false", "NONE, false, false",
  })
  void choosesByWhoAnswers(Stage stage, boolean ofZones, boolean ofAll) throws Exception {
    var query = new QueryView();
    ByteBuffer octets = ByteBuffer.wrap(ShadowBench.question(WEB, Type.A).toWire());
    assertThat(query.read(octets, 0, octets.limit())).isEqualTo(Verdict.QUERY);
    var reply = new Reply();
    reply.open(query, AnswerOptions.DEFAULT, ByteBuffer.allocate(512), 0, 512);
    reply.status(0);
    for (Shadow.Queries queries : Shadow.Queries.values()) {
      var directive = new Shadow(List.of(), Shadow.ALL, queries, 1, Shadow.DEFAULT_TIMEOUT, 1);
      var tap = new LoopTap(directive, 1);
      tap.replied(query, stage, reply);
      assertThat(tap.ring().isEmpty())
          .isNotEqualTo(queries == Shadow.Queries.ALL ? ofAll : ofZones);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "10000, 100, 400", "500000, 9500, 10500", "1000000, 20000, 20000"})
  void takesAShare(int sample, int least, int most) throws Exception {
    try (var bench = new ShadowBench(sample)) {
      bench.shadowing.close();
      Message query = ShadowBench.question(WEB, Type.A);
      for (int i = 0; i < 20_000; i++) {
        bench.ask(query);
      }
      long full = bench.shadowing.dropped(Drop.FULL);
      assertThat(full + bench.takeOut()).isBetween((long) least, (long) most);
    }
  }
}
