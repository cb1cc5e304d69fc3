package io.clusterzone.dns.forward.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.forward.Replies;
import io.clusterzone.zones.answer.AnswerOptions;
import io.clusterzone.zones.answer.Nsid;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.answer.StoredReplyWriter;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// TTLs that a client sees are from 0 to the cap, whatever an upstream sends. RFC 2181 section 8:
/// "a TTL value is an unsigned number, with a minimum value of 0, and a maximum value of 2147483647
/// ... Implementations should treat TTL values received with the most significant bit set as if the
/// entire value received was zero."
final class ReplyTtlTest {
  private static final int STALE_TTL_SECONDS = 30;
  private static final int ROUNDS = 2_000;
  private static final String NAME = "www.example.org.";

  /// Values at which something changes, and others.
  private static int anyTtl(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> Integer.MAX_VALUE;
      case 3 -> Integer.MIN_VALUE;
      case 4 -> -1;
      case 5 -> random.nextInt(10_000);
      default -> random.nextInt();
    };
  }

  private static Message query() {
    Message query =
        Message.newQuery(
            Record.newRecord(org.xbill.DNS.Name.fromConstantString(NAME), Type.A, DClass.IN));
    query.addRecord(new OPTRecord(4096, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return query;
  }

  /// A reply whose last four octets are a TTL or an SOA minimum of any value, and all other TTLs
  /// too.
  private static byte[] reply(Message query, boolean negative, Random random) {
    Message reply =
        negative
            ? Replies.negative(query, Rcode.NXDOMAIN, "example.org. 1 IN SOA a. b. 1 2 3 4 5")
            : Replies.answer(query, "@ 1 IN CNAME a.example.", "a.example. 2 IN A 192.0.2.1");
    byte[] octets = reply.toWire();
    StoredReply places = StoredReply.of(octets.clone(), reply.getRcode(), 0);
    ByteBuffer out = ByteBuffer.wrap(octets);
    for (int i = 0; i < places.records(); i++) {
      out.putInt(places.ttlOffset(i), anyTtl(random));
    }
    if (negative) {
      out.putInt(octets.length - Integer.BYTES, anyTtl(random));
    }
    return octets;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30, 3600, Integer.MAX_VALUE})
  void areFromZeroToTheCap(int cap) throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    Message query = query();
    var question = new Question(Name.parse(NAME), Type.A, true, true, false);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] sent = reply(query, random.nextBoolean(), random);
      CleanedReply cleaned = ReplyCleaner.clean(question, sent, TtlCaps.of(cap));
      StoredReply stored = ((CleanedReply.Usable) cleaned).reply();
      assertThat(stored.ttlSeconds()).as("seed %d, round %d", seed, round).isBetween(0, cap);
      int age = Math.max(0, anyTtl(random));
      int override = random.nextBoolean() ? StoredReplyWriter.COUNT_DOWN : STALE_TTL_SECONDS;
      byte[] seen = written(query, stored, age, override);
      StoredReply records = StoredReply.of(seen);
      assertThat(records.records()).isPositive();
      // Not read with dnsjava, which takes a negative TTL for zero.
      for (int i = 0; i < records.records(); i++) {
        assertThat(records.ttl(i)).as("seed %d, round %d", seed, round).isBetween(0, cap);
      }
      // RFC 6891 section 6.1.3: the TTL field of OPT is extended RCODE, version and flags.
      assertThat(new Message(seen).getOPT().getTTL()).isEqualTo(0x8000);
    }
  }

  private static byte[] written(Message query, StoredReply stored, int age, int override) {
    var view = new QueryView();
    byte[] asked = query.toWire();
    assertThat(view.read(ByteBuffer.wrap(asked), 0, asked.length)).isEqualTo(Verdict.QUERY);
    ByteBuffer out = ByteBuffer.allocate(1232);
    var options = new AnswerOptions(false, true, 1232, Nsid.NONE);
    var reply = new Reply();
    reply.open(view, options, out, 0, 1232);
    new StoredReplyWriter(1).write(reply, stored, false, age, override, false);
    byte[] message = new byte[reply.length()];
    out.get(0, message);
    return message;
  }
}
