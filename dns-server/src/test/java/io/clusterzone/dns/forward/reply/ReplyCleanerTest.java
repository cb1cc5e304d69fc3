package io.clusterzone.dns.forward.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  private static StoredReply cleaned(Message reply) {
    return cleaned(reply, 86400);
  }

  private static StoredReply cleaned(Message reply, int maxTtl) {
    return usable(reply.getQuestion().getType(), reply.toWire(), maxTtl);
  }

  private static StoredReply usable(int type, byte[] reply, int maxTtl) {
    CleanedReply cleaned = ReplyCleaner.clean(question(type), reply, TtlCaps.of(maxTtl));
    assertThat(cleaned).isInstanceOf(CleanedReply.Usable.class);
    return ((CleanedReply.Usable) cleaned).reply();
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

  /// RFC 1034 section 4.3.2 adds each alias before what it leads to, and stub resolvers rely on it.
  static Stream<Arguments> orders() {
    String first = NAME + " 60 IN CNAME a.example.net.";
    String second = "a.example.net. 60 IN CNAME b.example.net.";
    String address = "b.example.net. 60 IN A 192.0.2.1";
    String other = "b.example.net. 60 IN A 192.0.2.2";
    List<String> chain = List.of(first, second, address);
    String redirection = "example.org. 60 IN DNAME example.net.";
    String made = NAME + " 60 IN CNAME www.example.net.";
    String there = "www.example.net. 60 IN A 192.0.2.1";
    List<String> redirected = List.of(redirection, made, there);
    return Stream.of(
        Arguments.of("as it leads on", chain, chain),
        Arguments.of("the address first", List.of(address, first, second), chain),
        Arguments.of("the aliases backwards", List.of(second, first, address), chain),
        Arguments.of("all backwards", List.of(address, second, first), chain),
        Arguments.of(
            "among others",
            List.of(other, "c.example. 60 IN A 192.0.2.6", second, address, first),
            List.of(first, second, other, address)),
        Arguments.of(
            "two aliases of one name",
            List.of(address, first, NAME + " 60 IN CNAME c.", second),
            chain),
        Arguments.of("a DNAME behind", List.of(there, made, redirection), redirected),
        Arguments.of("a DNAME alone", List.of(there, redirection), redirected),
        Arguments.of(
            "another class",
            List.of(
                address,
                first.replace(" IN ", " CH "),
                first,
                second,
                other.replace(" IN ", " HS ")),
            chain));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("orders")
  void putsAliasesInTheirOrderAndThenTheRest(String what, List<String> sent, List<String> kept)
      throws IOException {
    Message query = query(Type.A);
    StoredReply cleaned = cleaned(Replies.answer(query, sent.toArray(String[]::new)));

    assertThat(new Message(cleaned.message()).getSection(Section.ANSWER))
        .as(what)
        .containsExactlyElementsOf(kept.stream().map(one -> Replies.record(query, one)).toList());
  }

  /// RFC 4035 section 3.1.1: signatures go with what they sign.
  @Test
  void putsSignaturesBehindTheAliasesTheySign() {
    String signature = " 60 IN RRSIG %s 8 2 60 20300101000000 20200101000000 1 example.org. AAAA";
    Message query = query(Type.A);
    Message reply =
        Replies.answer(
            query,
            "a.example.org." + signature.formatted("A"),
            "a.example.org. 60 IN A 192.0.2.1",
            NAME + signature.formatted("CNAME"),
            NAME + " 60 IN CNAME a.example.org.");
    var validating = new Question(Name.parse(NAME), Type.A, true, true, false);
    var cleaned =
        (CleanedReply.Usable) ReplyCleaner.clean(validating, reply.toWire(), TtlCaps.of(60));

    StoredReply kept = cleaned.reply();
    assertThat(IntStream.range(0, kept.answers()).map(kept::type))
        .containsExactly(Type.CNAME, Type.RRSIG, Type.RRSIG, Type.A);
  }

  /// As many aliases as a message holds, each leading to the one before it in the message.
  @Test
  void readsALongReplyBackwards() {
    String[] aliases = new String[3000];
    for (int i = 0; i < aliases.length; i++) {
      aliases[i] = i + ".example. 7 IN CNAME " + (i - 1) + ".example.";
    }
    byte[] reply = Replies.answer(query(Type.A), aliases).toWire();
    assertThat(usable(Type.A, reply, 60).answers()).isZero();
    byte[] led =
        Replies.answer(query(Type.A), concat(aliases, NAME + " 7 IN CNAME 2999.example.")).toWire();
    assertThat(ReplyCleaner.clean(question(Type.A), led, TtlCaps.of(60)))
        .isEqualTo(new CleanedReply.Endless(Name.parse("2967.example.")));
  }

  private static String[] concat(String[] all, String one) {
    String[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = one;
    return more;
  }

  @Test
  void keepsTheSoaOfANegativeAnswerFromAboveTheNameOnly() throws IOException {
    Message reply = Replies.negative(query(Type.A), Rcode.NXDOMAIN, SOA.formatted(300, 60));
    reply.addRecord(
        Replies.record(reply, SOA.formatted(300, 60).replaceFirst("example.org", "example.com")),
        Section.AUTHORITY);

    assertThat(names(cleaned(reply), Section.AUTHORITY)).containsExactly("example.org. SOA");
  }

  /// RFC 2308 section 5: "the minimum of the MINIMUM field of the SOA record and the TTL of the SOA
  /// itself".
  @ParameterizedTest
  @CsvSource({"300, 60, 60", "60, 300, 60", "300, 0, 0", "86400, 86400, 1800"})
  void limitsANegativeAnswerByTheSoa(int ttl, int minimum, int expected) throws IOException {
    StoredReply cleaned =
        cleaned(Replies.negative(query(Type.A), Rcode.NXDOMAIN, SOA.formatted(ttl, minimum)), 1800);

    assertThat(cleaned.ttlSeconds()).isEqualTo(expected);
    assertThat(new Message(cleaned.message()).getSection(Section.AUTHORITY).getFirst().getTTL())
        .as("the TTL with which the SOA is passed on")
        .isEqualTo(expected);
  }

  /// Data and negative answers have caps of their own.
  @Test
  void capsDataAndNegativeAnswersApart() {
    var caps = new TtlCaps(30, 5);
    byte[] data = Replies.answer(query(Type.A), NAME + " 600 IN A 192.0.2.1").toWire();
    byte[] negative =
        Replies.negative(query(Type.A), Rcode.NXDOMAIN, SOA.formatted(600, 600)).toWire();
    Message noData = Replies.answer(query(Type.A), NAME + " 600 IN CNAME a.example.org.");
    noData.addRecord(Replies.record(noData, SOA.formatted(600, 600)), Section.AUTHORITY);

    assertThat(ttl(data, caps)).isEqualTo(30);
    assertThat(ttl(negative, caps)).isEqualTo(5);
    assertThat(ttl(noData.toWire(), caps)).isEqualTo(5);
  }

  private static int ttl(byte[] reply, TtlCaps caps) {
    StoredReply cleaned =
        ((CleanedReply.Usable) ReplyCleaner.clean(question(Type.A), reply, caps)).reply();
    return cleaned.ttl(0);
  }

  @Test
  void remembersNoNegativeAnswerWithoutSoa() {
    assertThat(cleaned(Replies.empty(query(Type.A), Rcode.NXDOMAIN)).ttlSeconds()).isZero();
  }

  /// RFC 2181 section 8: a TTL with the most significant bit set is treated as zero.
  @Test
  void takesATtlWithItsHighestBitForZero() throws IOException {
    byte[] reply = Replies.answer(query(Type.A), NAME + " 7 IN A 192.0.2.1").toWire();
    reply[reply.length - 10] = (byte) 0x80;

    StoredReply cleaned = usable(Type.A, reply, 3600);

    assertThat(cleaned.ttlSeconds()).isZero();
    assertThat(new Message(cleaned.message()).getSection(Section.ANSWER).getFirst().getTTL())
        .isZero();
  }

  @Test
  void tellsDataFromNegativeAnswers() {
    assertThat(cleaned(Replies.answer(query(Type.A), NAME + " 7 IN A 192.0.2.1")).isNegative())
        .isFalse();
    assertThat(cleaned(Replies.answer(query(Type.A), NAME + " 7 IN CNAME a.example.")).isNegative())
        .isTrue();
    assertThat(
            cleaned(Replies.answer(query(Type.CNAME), NAME + " 7 IN CNAME a.example."))
                .isNegative())
        .isFalse();
  }

  /// RFC 1034 section 3.6.2: "CNAME chains should be followed and CNAME loops signalled as an
  /// error."
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 31, 32, 33, 50})
  void endsAtALoopOfAliases(int length) {
    byte[] reply = chain(length, NAME).toWire();
    assertThat(ReplyCleaner.clean(question(Type.A), reply, TtlCaps.of(60)))
        .isInstanceOf(CleanedReply.Endless.class);
    assertThat(usable(Type.CNAME, withType(reply, Type.CNAME), 60).answers()).isEqualTo(1);
  }

  /// An upstream may spell a name as it was asked for it, in a mixed case that no client has seen.
  @Test
  void namesTheLoopInLowerCase() {
    byte[] reply =
        Replies.answer(query(Type.A), "WwW.eXAmpLE.oRG. 7 IN CNAME wWw.ExaMPle.org.").toWire();
    assertThat(ReplyCleaner.clean(question(Type.A), reply, TtlCaps.of(60)))
        .isInstanceOfSatisfying(
            CleanedReply.Endless.class, at -> assertThat(at.at()).hasToString("www.example.org."));
  }

  /// A chain is passed on whole, or not at all.
  @Test
  void followsThirtyTwoAliases() {
    for (int length = 0; length <= 50; length++) {
      Message reply = chain(length, "n" + length + ".example.");
      reply.addRecord(
          Replies.record(
              reply,
              length == 0 ? "@ 7 IN A 192.0.2.1" : "n" + length + ".example. 7 IN A 192.0.2.1"),
          Section.ANSWER);
      CleanedReply cleaned = ReplyCleaner.clean(question(Type.A), reply.toWire(), TtlCaps.of(60));
      if (length <= 32) {
        assertThat(((CleanedReply.Usable) cleaned).reply().answers()).isEqualTo(length + 1);
      } else {
        assertThat(cleaned).isEqualTo(new CleanedReply.Endless(Name.parse("n33.example.")));
      }
    }
  }

  /// So many aliases from [#NAME], the last one to `end`.
  private static Message chain(int length, String end) {
    String[] aliases = new String[length];
    for (int i = 1; i <= length; i++) {
      String owner = i == 1 ? NAME : "n" + (i - 1) + ".example.";
      aliases[i - 1] = owner + " 7 IN CNAME " + (i == length ? end : "n" + i + ".example.");
    }
    return Replies.answer(query(Type.A), aliases);
  }

  private static byte[] withType(byte[] reply, int type) {
    reply[12 + 17 + 1] = (byte) type;
    return reply;
  }

  /// Counts are compared with the message before anything is made for the records they announce.
  @Test
  void believesNoCountsThatTheMessageCannotHold() {
    byte[] reply = Replies.empty(query(Type.A), Rcode.NOERROR).toWire();
    Arrays.fill(reply, 6, 12, (byte) 0xff);
    Question question = question(Type.A);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 10; i++) {
      assertThat(ReplyCleaner.clean(question, reply, TtlCaps.of(60)))
          .isInstanceOf(CleanedReply.Unreadable.class);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    CleanedReply cleaned = ReplyCleaner.clean(question, reply, TtlCaps.of(60));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(cleaned).isInstanceOf(CleanedReply.Unreadable.class);
    assertThat(allocated).isLessThan(1024);
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

  /// No reply may end a thread: bytes of any kind are a value.
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
      byte[] cut = random.nextBoolean() ? bad : Arrays.copyOf(bad, length);
      if (ReplyCleaner.clean(question(Type.A), cut, TtlCaps.of(60))
          instanceof CleanedReply.Usable(StoredReply cleaned)) {
        assertThat(cleaned.ttlSeconds()).as("seed %d, round %d", seed, i).isBetween(0, 60);
      }
    }
  }
}
