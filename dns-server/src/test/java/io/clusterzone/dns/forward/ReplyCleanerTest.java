package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class ReplyCleanerTest {
  private static final String NAME = "www.example.org.";
  private static final String SOA =
      "example.org. %d IN SOA ns.example.org. host.example.org. 1 7200 900 86400 %d";

  private static Message query(int type) {
    return Message.newQuery(
        Record.newRecord(org.xbill.DNS.Name.fromConstantString(NAME), type, DClass.IN));
  }

  private static Question question(int type) {
    return new Question(Name.parse(NAME), type, true, false, false);
  }

  private static @Nullable StoredReply clean(Message reply, int maxTtl) {
    return ReplyCleaner.clean(question(reply.getQuestion().getType()), reply.toWire(), maxTtl);
  }

  private static StoredReply cleaned(Message reply) {
    StoredReply cleaned = clean(reply, 86400);
    assertThat(cleaned).isNotNull();
    return java.util.Objects.requireNonNull(cleaned);
  }

  private static List<String> names(StoredReply reply, int section) throws IOException {
    return new Message(reply.message())
        .getSection(section).stream()
            .map(record -> record.getName() + " " + Type.string(record.getType()))
            .toList();
  }

  /// RFC 2181 section 5.4.1: data that was not asked for is not to be believed.
  @Test
  void keepsTheChainAndTheAskedTypeOnly() throws IOException {
    Message reply =
        Replies.answer(
            query(Type.A),
            "www.example.org. 60 IN CNAME web.example.net.",
            "web.example.net. 60 IN A 192.0.2.1",
            "bank.example.com. 60 IN A 192.0.2.66",
            "web.example.net. 60 IN TXT more");
    reply.addRecord(Replies.record(reply, "example.net. 60 IN NS ns.evil."), Section.AUTHORITY);
    reply.addRecord(Replies.record(reply, "ns.evil. 60 IN A 192.0.2.66"), Section.ADDITIONAL);

    StoredReply cleaned = cleaned(reply);

    assertThat(names(cleaned, Section.ANSWER))
        .containsExactly("www.example.org. CNAME", "web.example.net. A");
    assertThat(names(cleaned, Section.AUTHORITY)).isEmpty();
    assertThat(names(cleaned, Section.ADDITIONAL)).isEmpty();
  }

  @Test
  void keepsTheSoaOfADenialFromAboveTheNameOnly() throws IOException {
    Message reply = Replies.denial(query(Type.A), Rcode.NXDOMAIN, SOA.formatted(300, 60));
    reply.addRecord(
        Replies.record(reply, SOA.formatted(300, 60).replaceFirst("example.org", "example.com")),
        Section.AUTHORITY);

    assertThat(names(cleaned(reply), Section.AUTHORITY)).containsExactly("example.org. SOA");
  }

  /// RFC 2308 section 5: "the minimum of the MINIMUM field of the SOA record and the TTL of the SOA
  /// itself".
  @ParameterizedTest
  @CsvSource({"300, 60, 60", "60, 300, 60", "300, 0, 0", "86400, 86400, 1800"})
  void limitsADenialByTheSoa(int ttl, int minimum, int expected) {
    StoredReply cleaned =
        clean(Replies.denial(query(Type.A), Rcode.NXDOMAIN, SOA.formatted(ttl, minimum)), 1800);

    assertThat(cleaned).isNotNull();
    assertThat(java.util.Objects.requireNonNull(cleaned).ttlSeconds()).isEqualTo(expected);
  }

  @Test
  void remembersNoDenialWithoutSoa() {
    assertThat(cleaned(Replies.empty(query(Type.A), Rcode.NXDOMAIN)).ttlSeconds()).isZero();
  }

  /// RFC 2181 section 8: a TTL with the most significant bit set is treated as zero.
  @Test
  void takesATtlWithItsHighestBitForZero() throws IOException {
    byte[] reply = Replies.answer(query(Type.A), NAME + " 7 IN A 192.0.2.1").toWire();
    reply[reply.length - 10] = (byte) 0x80;

    StoredReply cleaned = ReplyCleaner.clean(question(Type.A), reply, 3600);

    assertThat(cleaned).isNotNull();
    assertThat(java.util.Objects.requireNonNull(cleaned).ttlSeconds()).isZero();
    assertThat(new Message(cleaned.message()).getSection(Section.ANSWER).getFirst().getTTL())
        .isZero();
  }

  @Test
  void tellsDataFromDenials() {
    assertThat(cleaned(Replies.answer(query(Type.A), NAME + " 7 IN A 192.0.2.1")).isDenial())
        .isFalse();
    assertThat(cleaned(Replies.answer(query(Type.A), NAME + " 7 IN CNAME a.example.")).isDenial())
        .isTrue();
    assertThat(
            cleaned(Replies.answer(query(Type.CNAME), NAME + " 7 IN CNAME a.example.")).isDenial())
        .isFalse();
  }

  @Test
  void endsAtALoopOfAliases() throws IOException {
    Message reply =
        Replies.answer(
            query(Type.A), NAME + " 7 IN CNAME a.example.", "a.example. 7 IN CNAME " + NAME);

    assertThat(names(cleaned(reply), Section.ANSWER)).hasSize(2);
  }

  @Test
  void findsEveryRecordAndTtl() {
    StoredReply cleaned =
        cleaned(
            Replies.answer(
                query(Type.A),
                NAME + " 1 IN CNAME web.example.net.",
                "web.example.net. 2 IN A 192.0.2.1",
                "web.example.net. 3 IN A 192.0.2.2"));

    assertThat(cleaned.records()).isEqualTo(3);
    assertThat(cleaned.recordEnd(2)).isEqualTo(cleaned.message().length);
    for (int i = 0; i < 3; i++) {
      assertThat(cleaned.ttl(i)).isEqualTo(i + 1);
    }
  }

  /// No reply may end a thread: bytes of any kind are a value, or null.
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void survivesAnyOctets(long seed) {
    var random = new Random(seed);
    Message whole =
        Replies.answer(
            query(Type.A),
            NAME + " 1 IN CNAME web.example.net.",
            "web.example.net. 2 IN A 192.0.2.1");
    whole.getHeader().setFlag(Flags.AD);
    byte[] good = whole.toWire();
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(bad.length + 1);
      byte[] cut = random.nextBoolean() ? bad : java.util.Arrays.copyOf(bad, length);
      StoredReply cleaned = ReplyCleaner.clean(question(Type.A), cut, 60);
      if (cleaned != null) {
        assertThat(cleaned.ttlSeconds()).as("seed %d, round %d", seed, i).isBetween(0, 60);
      }
    }
  }
}
