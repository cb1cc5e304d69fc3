package io.clusterzone.dns.forward.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.forward.Replies;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The bound on the work for the names of an upstream's message.
final class CompressionTest {
  private static final String NAME = "www.example.org.";
  private static final int QUESTION_NAME = 12;

  private final ByteBuffer out = ByteBuffer.allocate(0xffff);
  private int records;

  CompressionTest() {
    Message query =
        Message.newQuery(
            Record.newRecord(org.xbill.DNS.Name.fromConstantString(NAME), Type.A, DClass.IN));
    out.put(Replies.empty(query, 0).toWire());
  }

  private void putRecord(int type, byte[] data) {
    out.put((byte) 0).putShort((short) type).putShort((short) 1).putInt(60);
    out.putShort((short) data.length).put(data);
    records++;
  }

  private static byte[] pointer(int target) {
    return new byte[] {(byte) (0xc0 | target >> 8), (byte) target};
  }

  private byte[] message() {
    out.putShort(6, (short) records);
    return Arrays.copyOf(out.array(), out.position());
  }

  /// So many steps, each to the one before, with a label of one octet in each if wanted. Returns
  /// where the last one stands.
  private int chain(int steps, boolean labels) {
    ByteBuffer data = ByteBuffer.allocate(steps * (labels ? 4 : 2));
    int start = out.position() + 11;
    int last = QUESTION_NAME;
    for (int i = 0; i < steps; i++) {
      int here = start + data.position();
      data.put(labels ? new byte[] {1, 'a'} : new byte[0]).put(pointer(last));
      last = here;
    }
    putRecord(10, data.array());
    return last;
  }

  private static CleanedReply clean(byte[] message) {
    return ReplyCleaner.clean(
        new Question(Name.parse(NAME), Type.A, true, false, false), message, TtlCaps.of(3600));
  }

  /// RFC 9267 section 2 has what became of decoders that followed whatever pointers there were.
  @ParameterizedTest
  @CsvSource({"8000, false", "1000, false", "400, false", "3000, true", "127, true"})
  void longChainsOfPointersAreNotFollowed(int steps, boolean labels) {
    int last = chain(steps, labels);
    while (out.remaining() >= 20) {
      putRecord(Type.CNAME, pointer(last));
    }
    byte[] message = message();
    assertThat(Compression.isBounded(message)).isFalse();
    assertThat(clean(message)).isInstanceOf(CleanedReply.Unreadable.class);
  }

  /// As long as a name can be, each label but the first behind a pointer.
  @Test
  void theLongestNameIsRead() throws IOException {
    int last = chain(118, true);
    putRecord(Type.CNAME, pointer(last));
    byte[] message = message();
    assertThat(Compression.isBounded(message)).isTrue();
    var alias = new Message(message).getSection(Section.ANSWER).getLast();
    assertThat(alias.rdataToString()).hasSize(2 * 118 + NAME.length());
    assertThat(clean(message)).isInstanceOf(CleanedReply.Usable.class);
  }

  /// Keys and signatures look like anything.
  @Test
  void dataThatLooksLikePointersDoesNotMatter() {
    var random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] octets = new byte[0xffff];
      random.nextBytes(octets);
      assertThat(Compression.isBounded(octets)).as("round %d", i).isTrue();
    }
  }

  @Test
  void aPointerAtTheEndIsNone() {
    assertThat(Compression.isBounded(new byte[0])).isTrue();
    byte[] cut = new byte[13];
    cut[12] = (byte) 0xc0;
    assertThat(Compression.isBounded(cut)).isTrue();
  }
}
